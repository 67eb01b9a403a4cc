package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;

/** What a tenant's rules may take; inlined in {@code limits_config:}. */
public record RulerLimits(
    @Doc("Rules in a group; 0 is no limit.") @Default("0") int rulerMaxRulesPerRuleGroup,
    @Doc("Groups of a tenant; 0 is no limit.") @Default("0") int rulerMaxRuleGroupsPerTenant,
    @Doc("Accepted for Loki files.") @Default("0") int rulerTenantShardSize,
    @Doc("Turns remote write of recorded series off.") @Default("false")
        boolean rulerRemoteWriteDisabled) {}
