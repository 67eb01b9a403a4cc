package dev.skald.server.config;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The one folder of everything stored, from keys that Loki keeps apart: the first that is given of the store's folder
 * ({@code storage_config.filesystem.directory}, {@code storage_config.object_store.filesystem.dir},
 * {@code common.storage.filesystem.chunks_directory}, {@code common.storage.object_store.filesystem.dir}),
 * {@code common.path_prefix}, and the folder around {@code ingester.wal.dir}; else {@code data} in the working
 * directory.
 */
final class DataFolder {
  private static final Path DEFAULT = Path.of("data");

  private DataFolder() {}

  static Path of(SkaldConfig config) {
    return Stream.of(
            config.storageConfig().filesystem().directory(),
            config.storageConfig().objectStore().filesystem().dir(),
            config.common().storage().filesystem().chunksDirectory(),
            config.common().storage().objectStore().filesystem().dir(),
            config.common().pathPrefix())
        .filter(folder -> !folder.isEmpty())
        .findFirst()
        .map(Path::of)
        .orElseGet(() -> aroundWal(config.ingester().wal().dir()));
  }

  private static Path aroundWal(String walDir) {
    Path parent = walDir.isEmpty() ? null : Path.of(walDir).getParent();
    return parent == null ? DEFAULT : parent;
  }
}
