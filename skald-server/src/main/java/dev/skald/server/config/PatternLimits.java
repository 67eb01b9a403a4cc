package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import java.time.Duration;
import java.util.List;

/** Patterns and aggregated metrics of a tenant; inlined in {@code limits_config:}. */
public record PatternLimits(
    @Doc("Fields of JSON lines that patterns are made of.")
        @Default("[log, message, msg, msg_, _msg, content]")
        List<String> patternIngesterTokenizableJsonFieldsDefault,
    @Doc("Fields in addition.") @Default("[]")
        List<String> patternIngesterTokenizableJsonFieldsAppend,
    @Doc("Fields left out.") @Default("[]") List<String> patternIngesterTokenizableJsonFieldsDelete,
    @Doc("Keeps counts per pattern and level.") @Default("false") boolean metricAggregationEnabled,
    @Doc("Keeps patterns on disk.") @Default("false") boolean patternPersistenceEnabled,
    @Doc("Time that one kept count covers; 0 is chosen by the server.") @Default("0s")
        Duration patternPersistenceGranularity,
    @Doc("Lines per second from which a pattern is kept.") @Default("1")
        double patternRateThreshold) {}
