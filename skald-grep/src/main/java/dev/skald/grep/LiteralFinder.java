package dev.skald.grep;

import java.lang.foreign.MemorySegment;

/**
 * Finds one fixed byte string. Immutable; safe for concurrent use.
 *
 * <p>Uses vectors where the stretch is long enough to pay, else the plain twin; both give the same answers.
 */
public final class LiteralFinder {
  /** Below this many bytes setting vectors up costs more than it saves. */
  private static final int VECTOR_BYTES_MIN = 64;

  private final byte[] needle;
  private final VectorFinder vectors;

  public LiteralFinder(byte[] needle) {
    this.needle = needle.clone();
    this.vectors = new VectorFinder(this.needle.length == 0 ? new byte[1] : this.needle);
  }

  /** Length of the needle in bytes. */
  public int needleBytes() {
    return needle.length;
  }

  /** Start of the first occurrence that lies wholly in {@code [start, end)}, or -1. An empty needle is found at {@code start}. */
  public int find(byte[] haystack, int start, int end) {
    if (end - start < VECTOR_BYTES_MIN || needle.length == 0) {
      return PlainFinder.find(needle, haystack, start, end);
    }
    return vectors.find(haystack, start, end);
  }

  /** The same in memory that is no array: a mapped file. */
  public long find(MemorySegment haystack, long start, long end) {
    if (end - start < VECTOR_BYTES_MIN || needle.length == 0) {
      return PlainFinder.find(needle, haystack, start, end);
    }
    return vectors.find(haystack, start, end);
  }
}
