/** Domain fakes, generators, the script language and its scripts; test scope only. */
@org.jspecify.annotations.NullMarked
module dev.skald.testkit {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires transitive dev.skald.model;

  exports dev.skald.testkit.script;
}
