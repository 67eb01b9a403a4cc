/** Rule groups: read, checked, kept, shown. */
@org.jspecify.annotations.NullMarked
module dev.skald.ruler {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.model;
  requires transitive dev.skald.logql;
  requires dev.skald.protocol;
  requires org.slf4j;

  exports dev.skald.ruler;
  exports dev.skald.ruler.group;
  exports dev.skald.ruler.store;
}
