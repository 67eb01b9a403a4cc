/** Inspect and check a data directory. */
@org.jspecify.annotations.NullMarked
module dev.skald.cli {
  requires static transitive org.jspecify;
  requires transitive dev.skald.foundation;
  requires dev.skald.storage;
  requires info.picocli;

  opens dev.skald.cli to
      info.picocli;
}
