/**
 * One step per stage: filters, parsers, formatters, label edits. A step takes a batch of rows of
 * one page and a selection of them, and never sees a row that an earlier step dropped. Lines stay
 * bytes of the page, values of labels slices of them; text is made when it is asked for.
 *
 * <p>Where a page keeps its lines taken apart, filters ask it for literals ({@link LeadingFilters})
 * and parsers read each shape once ({@link ShapedParser}); values stay in their columns ({@link
 * LabelColumn}). What lines themselves say stays the definition: whatever cannot be shown to be the
 * same is asked of the rebuilt line.
 *
 * <p>Start with {@link Pipeline}, then {@link RowBatch} and {@link Step}; the language: spec
 * logql.md 5 and 6.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.logql.pipeline;
