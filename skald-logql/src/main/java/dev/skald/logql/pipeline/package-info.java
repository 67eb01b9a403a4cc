/**
 * One step per stage: filters, parsers, formatters, label edits. A step takes a batch of rows of one page and a
 * selection of them, and never sees a row that an earlier step dropped. Start with {@link Pipeline}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.logql.pipeline;
