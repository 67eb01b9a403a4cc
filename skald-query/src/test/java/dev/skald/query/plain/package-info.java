/**
 * The plain path: LogQL as its specification says it, over a list of entries, with a map of texts
 * per row. No pages, no batches, nothing shared between rows, nothing clever. It is the definition
 * of the language; the engine over a store must give the same answers ({@link
 * dev.skald.query.plain.PlainAgreementTest}). It shares with the engine the syntax tree, the
 * templates and RE2/J, and nothing else. Start with {@link dev.skald.query.plain.PlainEvaluator}.
 */
package dev.skald.query.plain;
