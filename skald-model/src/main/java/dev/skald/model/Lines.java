package dev.skald.model;

/**
 * The lines of a page, end to end: row {@code r} is {@code bytes[offsets[r] .. offsets[r + 1])}. Lines are bytes, not
 * text: they may hold newlines, NULs and broken UTF-8. Borrowed from the page; not to be changed.
 *
 * @param bytes may be longer than the lines
 * @param offsets ascending, one more than there are rows
 */
@SuppressWarnings("ArrayRecordComponent")
public record Lines(byte[] bytes, int[] offsets) {
  public int start(int row) {
    return offsets[row];
  }

  public int end(int row) {
    return offsets[row + 1];
  }
}
