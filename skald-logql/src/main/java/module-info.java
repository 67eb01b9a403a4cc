/** LogQL: text to tree to pipeline to result, over any source of entries. */
@org.jspecify.annotations.NullMarked
module dev.skald.logql {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.grep;
  requires transitive dev.skald.model;
  requires re2j;

  exports dev.skald.logql.syntax;
  exports dev.skald.logql.engine;
  exports dev.skald.logql.pipeline;
  exports dev.skald.logql.template;
}
