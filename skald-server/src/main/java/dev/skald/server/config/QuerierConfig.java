package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Range;
import java.time.Duration;

/** How queries run: {@code querier:}. */
public record QuerierConfig(
    @Doc("Queries at a time; more wait their turn.") @Default("4") @Range(min = 1)
        int maxConcurrent,
    @Doc("A tail ends after this time.") @Default("1h") Duration tailMaxDuration,
    @Doc("Queries see nothing newer than this.") @Default("0s") Duration extraQueryDelay,
    @Doc("Accepted for Loki files; every query looks at memory and segments.") @Default("3h")
        Duration queryIngestersWithin,
    @Doc("Several tenants in one query, as X-Scope-OrgID: a|b.") @Default("false")
        boolean multiTenantQueriesEnabled,
    @Doc("Heeds the header X-Loki-Query-Limits, which can only tighten limits.") @Default("false")
        boolean perRequestLimitsEnabled) {}
