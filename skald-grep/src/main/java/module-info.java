/** Finds bytes in bytes: literals by SIMD, RE2 expressions. Knows no logs. */
@org.jspecify.annotations.NullMarked
module dev.skald.grep {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires jdk.incubator.vector;
  requires re2j;

  exports dev.skald.grep;
}
