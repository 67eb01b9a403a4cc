package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;

/** The newer form of a store's settings, of which the local folder matters here. */
public record ObjectStoreConfig(Filesystem filesystem) {
  /** A local folder. */
  public record Filesystem(
      @Doc("The data folder, unless a filesystem.directory or chunks_directory is given.")
          @Default("\"\"")
          @FilePath
          String dir) {}
}
