package dev.skald.server.config;

import dev.skald.config.Inline;

/** All limits of a tenant: {@code limits_config:}, and an item of {@code overrides:} in the runtime file. */
public record LimitsConfig(
    @Inline WritePathLimits write,
    @Inline QueryPathLimits query,
    @Inline RetentionLimits retention,
    @Inline RulerLimits ruler,
    @Inline PatternLimits patterns) {}
