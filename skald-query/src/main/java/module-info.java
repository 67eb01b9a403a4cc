/** The read path: plan, limit, run, label queries. */
@org.jspecify.annotations.NullMarked
module dev.skald.query {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.grep;
  requires transitive dev.skald.model;
  requires transitive dev.skald.logql;
  requires transitive dev.skald.storage;
  requires transitive dev.skald.protocol;
  requires org.slf4j;

  exports dev.skald.query;
  exports dev.skald.query.tail;
}
