package dev.skald.server.config;

import dev.skald.config.ByteSize;
import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Range;
import java.time.Duration;

/** What an acknowledged push is worth, and what is kept where: {@code storage:}, a block of Skald's own. */
public record DurabilityConfig(
    @Doc(
            "When a push is acknowledged: fsync, when it is on the disk; interval, at once, "
                + "with a sync each sync_interval; os, at once, and the operating system writes "
                + "when it likes.")
        @Default("fsync")
        Durability durability,
    @Doc(
            "With durability: interval, the longest time that acknowledged entries are not "
                + "on the disk.")
        @Default("100ms")
        @Range(min = 1)
        Duration syncInterval,
    @Doc("Entries in memory are written into segments when they take this much.")
        @Default("48MB")
        @Range(min = 65_536)
        ByteSize headFlushBytes,
    @Doc(
            "Memory of entries that are not in segments yet, those being written included; beyond "
                + "it pushes wait, then get 503. At least twice head_flush_bytes.")
        @Default("96MB")
        @Range(min = 131_072)
        ByteSize headBytesMax,
    @Doc("How much of one core merging, retention and deletion may take.")
        @Default("50")
        @Range(min = 1, max = 100)
        int compactionCpuPercent,
    @Doc("With less free on the disk pushes get 503; queries go on. 0 is never.") @Default("100MB")
        ByteSize freeBytesMin,
    @Doc(
            "The oldest segments, of any tenant, are deleted while all take more than this; 0 is "
                + "no limit.")
        @Default("0B")
        ByteSize retentionMaxBytes,
    @Doc(
            "With a bucket: parts of segments that were fetched are kept in the data folder, up to "
                + "this; 0 keeps none.")
        @Default("1GB")
        ByteSize cacheBytesMax,
    @Doc(
            "With a bucket: a segment that no manifest lists is deleted when it is older than this; "
                + "longer than any server takes from writing one to listing it.")
        @Default("2h")
        @Range(min = 1)
        Duration orphanGrace) {
  /** When a push is acknowledged. */
  public enum Durability {
    FSYNC,
    INTERVAL,
    OS
  }
}
