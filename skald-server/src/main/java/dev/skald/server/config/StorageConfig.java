package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;

/** Loki's stores: {@code storage_config:}. */
public record StorageConfig(Filesystem filesystem, ObjectStoreConfig objectStore, S3Config aws) {
  /** A local folder: {@code storage_config.filesystem}. */
  public record Filesystem(@Doc("The data folder.") @Default("\"\"") @FilePath String directory) {}
}
