/** The write path: accept, check, limit, place, append. */
@org.jspecify.annotations.NullMarked
module dev.skald.ingest {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.model;
  requires transitive dev.skald.protocol;
  requires transitive dev.skald.storage;
  requires org.slf4j;

  exports dev.skald.ingest;
}
