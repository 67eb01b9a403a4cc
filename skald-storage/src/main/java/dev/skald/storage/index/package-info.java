/**
 * Which streams have which labels: the stream table of a segment, kept small in memory and asked by
 * matchers. Start with {@link dev.skald.storage.index.StreamTable}. Bytes: docs/format/index.md.
 * Knows nothing of rows.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.index;
