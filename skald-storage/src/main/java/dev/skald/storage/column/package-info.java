/**
 * The values of one slot as bytes, in the encoding that is smallest for them, and back. Start with {@link
 * dev.skald.storage.column.ColumnEncoder} and {@link dev.skald.storage.column.ColumnHead}; bytes:
 * docs/format/column.md. Knows nothing of lines, shapes or files: where a column's bytes are kept, and that they are
 * those that were written, is its caller's care.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.column;
