/**
 * Shapes: lines are split, each once and in one pass, into constant text and slots; the values of a
 * slot are a column. What comes back is the line, byte for byte: splitting is free to be wrong about
 * what a line means, never about what it says.
 *
 * <p>Knows bytes and columns; knows nothing of streams, time, files or queries' text. Writing starts
 * with {@link ShapedPageWriter}, reading with {@link ShapedPage}; bytes: docs/format/shapes.md.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.shape;
