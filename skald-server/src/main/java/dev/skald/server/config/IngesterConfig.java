package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;
import dev.skald.config.Range;
import java.time.Duration;
import java.util.List;

/** What is in memory and when it becomes segments: {@code ingester:}. */
public record IngesterConfig(
    @Doc("A stream without new entries for this time is flushed.") @Default("30m")
        Duration chunkIdlePeriod,
    @Doc(
            "Entries are flushed at this age at the latest; half of it is how far behind "
                + "its stream's newest entry an entry may be.")
        @Default("2h")
        Duration maxChunkAge,
    @Doc("How often the two ages above are looked at.") @Default("30s") @Range(min = 1)
        Duration flushCheckPeriod,
    @Doc("Rejected entries listed in the answer to a push, per stream; 0 is all.") @Default("10")
        int maxReturnedStreamErrors,
    @Doc(
            "Accepted for Loki files and checked (none, gzip, lz4-64k, snappy, lz4-256k, "
                + "lz4-1M, lz4, flate, zstd); Skald chooses its own encodings.")
        @Default("gzip")
        String chunkEncoding,
    Wal wal) {
  private static final List<String> ENCODINGS =
      List.of("none", "gzip", "lz4-64k", "snappy", "lz4-256k", "lz4-1M", "lz4", "flate", "zstd");

  public IngesterConfig {
    if (!ENCODINGS.contains(chunkEncoding)) {
      throw new IllegalArgumentException(
          "chunk_encoding: found \"" + chunkEncoding + "\", expected one of " + ENCODINGS);
    }
  }

  /** The write-ahead log: {@code ingester.wal}. */
  public record Wal(
      @Doc("false: acknowledge before entries are on disk, as storage.durability: os does.")
          @Default("true")
          boolean enabled,
      @Doc("Folder of the write-ahead log; empty is the folder wal in the data folder.")
          @Default("\"\"")
          @FilePath
          String dir,
      @Doc("Write everything in memory into segments when the server stops.") @Default("false")
          boolean flushOnShutdown,
      @Doc("Pushes get 503 while more than this part of the disk is used; 0 is never, 1 is full.")
          @Default("0.9")
          @Range(max = 1)
          double diskFullThreshold) {}
}
