package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.FilePath;
import dev.skald.config.Range;
import java.time.Duration;

/** Retention and deletion: {@code compactor:}. */
public record CompactorConfig(
    @Doc("Accepted for Loki files; compaction works in the data folder.")
        @Default("/var/loki/compactor")
        @FilePath
        String workingDirectory,
    @Doc("How often segments are merged and retention is applied.") @Default("10m") @Range(min = 1)
        Duration compactionInterval,
    @Doc(
            "Applies limits_config.retention_period and retention_stream, and serves the "
                + "delete API.")
        @Default("false")
        boolean retentionEnabled,
    @Doc("Time between leaving an index and leaving the disk.") @Default("2h")
        Duration retentionDeleteDelay,
    @Doc(
            "Where delete requests are kept; empty is the object store of the newest schema "
                + "period.")
        @Default("\"\"")
        String deleteRequestStore,
    @Doc("Time in which a delete request can be cancelled.") @Default("24h")
        Duration deleteRequestCancelPeriod,
    @Doc("Longest time span that one delete request is worked on at once.") @Default("24h")
        Duration deleteMaxInterval) {}
