package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Structured metadata of one entry as it was sent: names and values as ranges of bytes, in order,
 * unchecked; a name may come twice. One object serves all entries of a request.
 */
public final class MetadataPairs {
  /**
   * More pairs than this on one entry are refused: each costs {@value #BOUNDS_PER_PAIR} integers.
   */
  static final int PAIRS_MAX = 4_096;

  private static final int BOUNDS_PER_PAIR = 4;

  private byte[] bytes = new byte[0];
  private int[] bounds = new int[16 * BOUNDS_PER_PAIR];
  private int count;

  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Where names and values lie; borrowed. */
  public byte[] bytes() {
    return bytes;
  }

  public int nameStart(int pair) {
    return bounds[pair * BOUNDS_PER_PAIR];
  }

  public int nameEnd(int pair) {
    return bounds[pair * BOUNDS_PER_PAIR + 1];
  }

  public int valueStart(int pair) {
    return bounds[pair * BOUNDS_PER_PAIR + 2];
  }

  public int valueEnd(int pair) {
    return bounds[pair * BOUNDS_PER_PAIR + 3];
  }

  /** The name read as UTF-8. */
  public String name(int pair) {
    int start = nameStart(pair);
    return new String(bytes, start, nameEnd(pair) - start, StandardCharsets.UTF_8);
  }

  /** The value read as UTF-8. */
  public String value(int pair) {
    int start = valueStart(pair);
    return new String(bytes, start, valueEnd(pair) - start, StandardCharsets.UTF_8);
  }

  /** Bytes of the name and the value. */
  public int pairBytes(int pair) {
    return nameEnd(pair) - nameStart(pair) + valueEnd(pair) - valueStart(pair);
  }

  /** Forgets all pairs; the next ones lie in {@code source}. */
  public void clear(byte[] source) {
    bytes = source;
    count = 0;
  }

  /** Forgets all but the first {@code kept} pairs. */
  public void truncate(int kept) {
    count = Math.min(count, kept);
  }

  /** The same offsets in another array: for a decoder whose array had to grow. */
  public void moveTo(byte[] source) {
    bytes = source;
  }

  public void add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
    int at = count * BOUNDS_PER_PAIR;
    if (at == bounds.length) {
      if (count == PAIRS_MAX) {
        throw new SkaldException(
            ErrorKind.BAD_REQUEST,
            "too many structured metadata pairs on one entry: max=%d",
            count);
      }
      bounds = Arrays.copyOf(bounds, bounds.length * 2);
    }
    bounds[at] = nameStart;
    bounds[at + 1] = nameEnd;
    bounds[at + 2] = valueStart;
    bounds[at + 3] = valueEnd;
    count++;
  }
}
