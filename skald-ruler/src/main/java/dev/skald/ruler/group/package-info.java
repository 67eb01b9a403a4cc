/**
 * What a rule group is: read from YAML, checked, and written as YAML again (spec ruler.md 2).
 *
 * <p>Invariant: a {@link dev.skald.ruler.group.RuleGroup} that exists has passed {@link
 * dev.skald.ruler.group.RuleCheck}, and what {@link dev.skald.ruler.group.RuleYaml} writes is read
 * as the same group. Knows LogQL, and templates by their syntax; knows nothing of tenants, of where
 * groups are kept or of HTTP. Start with {@link dev.skald.ruler.group.RuleGroup}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.ruler.group;
