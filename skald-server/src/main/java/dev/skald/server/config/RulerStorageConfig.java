package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;

/** Where rules are, in the newer form: {@code ruler_storage:}. */
public record RulerStorageConfig(
    @Doc("Kind of store: filesystem or local; ruler.storage.type goes before it.")
        @Default("filesystem")
        String backend,
    Local local,
    Filesystem filesystem) {
  /** Files that others write. */
  public record Local(
      @Doc("Folder of rule files, one folder per tenant.") @Default("\"\"") @FilePath
          String directory) {}

  /** Files that the API writes. */
  public record Filesystem(
      @Doc("Folder of the rules that the API writes; empty is rules in the data folder.")
          @Default("\"\"")
          @FilePath
          String dir) {}
}
