package dev.skald.benchmarks;

import dev.skald.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of the machine's disk below {@code java.io.tmpdir}; closing deletes it and what is in
 * it.
 */
final class TemporaryFolder implements AutoCloseable {
  private final Path path;
  private final FileDisk disk;

  TemporaryFolder() throws IOException {
    path = Files.createTempDirectory("skald-benchmark");
    disk = FileDisk.at(path);
  }

  FileDisk disk() {
    return disk;
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(path)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
