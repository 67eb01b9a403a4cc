package dev.skald.grep;

/** Finds one fixed byte string. Immutable; safe for concurrent use. */
public final class LiteralFinder {
  private final byte[] needle;

  public LiteralFinder(byte[] needle) {
    this.needle = needle.clone();
  }

  /** Length of the needle in bytes. */
  public int needleBytes() {
    return needle.length;
  }

  /** Start of the first occurrence that lies wholly in {@code [start, end)}, or -1. An empty needle is found at {@code start}. */
  public int find(byte[] haystack, int start, int end) {
    return PlainFinder.find(needle, haystack, start, end);
  }
}
