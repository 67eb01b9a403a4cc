package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;

/** What other blocks start from: {@code common:}. */
public record CommonConfig(
    @Doc("Folder of everything that has no folder of its own; see \"Where data goes\".")
        @Default("\"\"")
        @FilePath
        String pathPrefix,
    Storage storage,
    @Doc("Accepted for Loki files; one process has its compactor with it.") @Default("\"\"")
        String compactorAddress) {
  /** The store of chunks and rules: {@code common.storage}. */
  public record Storage(Filesystem filesystem, S3Config s3, ObjectStoreConfig objectStore) {}

  /** A local folder: {@code common.storage.filesystem}. */
  public record Filesystem(
      @Doc("The data folder, unless storage_config.filesystem.directory is given.")
          @Default("\"\"")
          @FilePath
          String chunksDirectory,
      @Doc("Folder of the rules that the API writes, if ruler_storage names none.")
          @Default("\"\"")
          @FilePath
          String rulesDirectory) {}
}
