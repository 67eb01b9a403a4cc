/**
 * Query scripts: entries to load, queries to evaluate, answers to expect, in a small language
 * (docs/testing.md, "Scripts"). A script knows no engine; it runs against a {@link
 * dev.skald.testkit.script.ScriptTarget}, which each module implements over what it has: pages in
 * memory, segments, a server behind HTTP. Scripts of all features are resources ({@link
 * dev.skald.testkit.script.Scripts}).
 *
 * <p>Invariant: no evaluation passes without having asserted something. Start with {@link
 * dev.skald.testkit.script.ScriptRunner}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.testkit.script;
