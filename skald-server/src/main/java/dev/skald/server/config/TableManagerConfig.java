package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import java.time.Duration;

/** Retention as of Loki 2: {@code table_manager:}; obeyed with a warning. */
public record TableManagerConfig(
    @Doc("Deletes what is older than retention_period, whatever its tenant or stream.")
        @Default("false")
        boolean retentionDeletesEnabled,
    @Doc(
            "Oldest age kept; 0 is for ever. Where the compactor has a period too, the "
                + "shorter one counts.")
        @Default("0s")
        Duration retentionPeriod) {}
