package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Key;

/** How range queries are prepared: {@code query_range:}. */
public record QueryRangeConfig(
    @Doc("Moves start and end to multiples of step.") @Default("false")
        boolean alignQueriesWithStep,
    @Doc("Runs one query on several cores.") @Default("true") @Key("parallelise_shardable_queries")
        boolean parallelizeShardableQueries) {}
