/** Rule groups: read, checked, kept. */
@org.jspecify.annotations.NullMarked
module dev.skald.ruler {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.model;
  requires transitive dev.skald.logql;
  requires org.slf4j;

  exports dev.skald.ruler.group;
  exports dev.skald.ruler.store;
}
