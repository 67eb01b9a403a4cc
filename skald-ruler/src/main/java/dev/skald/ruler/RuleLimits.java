package dev.skald.ruler;

import dev.skald.logql.syntax.Dialect;

/**
 * What a tenant's rules may be (spec limits.md 4); 0 turns a limit off.
 *
 * @param rulesPerGroupMax {@code ruler_max_rules_per_rule_group}
 * @param groupsMax {@code ruler_max_rule_groups_per_tenant}
 * @param dialect the language of expressions
 */
public record RuleLimits(int rulesPerGroupMax, int groupsMax, Dialect dialect) {}
