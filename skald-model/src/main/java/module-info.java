/** The words everyone speaks: labels, matchers, entries, streams, tenants, time, pages, results. */
@org.jspecify.annotations.NullMarked
module dev.skald.model {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.grep;

  exports dev.skald.model;
}
