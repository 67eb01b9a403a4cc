/**
 * Where rule groups are kept: {@link dev.skald.ruler.store.FileRuleStore} in files of our own, which
 * the API writes, {@link dev.skald.ruler.store.LocalRuleStore} in a folder that others write.
 *
 * <p>Invariant: what was answered with success is there after a crash, and a group is there whole or
 * not at all. Knows groups and tenants; knows nothing of HTTP. Start with {@link
 * dev.skald.ruler.store.RuleStore}; bytes: docs/format/rules.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.ruler.store;
