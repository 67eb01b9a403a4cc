package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import java.time.Duration;

/** Patterns of lines: {@code pattern_ingester:}. */
public record PatternIngesterConfig(
    @Doc(
            "Serves /loki/api/v1/patterns; unlike Loki's, Skald's patterns cost nothing until they are "
                + "asked for.")
        @Default("true")
        boolean enabled,
    @Doc("Patterns kept per stream.") @Default("300") int maxClusters,
    @Doc("Patterns older than this are forgotten.") @Default("3h") Duration retainFor) {}
