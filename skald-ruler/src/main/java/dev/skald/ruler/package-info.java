/**
 * The rules of all tenants: what the API reads and writes, and what it tells of them. Rules are kept
 * and shown; nothing evaluates them so far.
 *
 * <p>Invariant: what is stored has been checked, in its tenant's language and within its limits.
 * Knows no sockets. Start with {@link dev.skald.ruler.RuleService}; groups are in {@code
 * dev.skald.ruler.group}, stores in {@code dev.skald.ruler.store}; the reference is docs/rules.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.ruler;
