package dev.skald.storage.shape;

import dev.skald.bytes.SeededHash;
import java.util.HashMap;
import java.util.Map;

/**
 * Which column of the segment a slot fills: slots whose values are likely to be alike share one. One thread.
 *
 * <p>A JSON member's column is named by its path of keys, a value behind {@code key=} by its key, any other slot by all
 * text before it: lines that begin alike share the columns of their beginning, a date is one column whatever follows.
 * Where no word stands before a slot, it is named by how its value looks as well, or the times of one program would
 * stand among the counters of another.
 */
final class SlotColumns {
  /** A number of so many digits at the start of a line is likely to be a time. */
  private static final int LONG_NUMBER_DIGITS = 9;

  private static final int WITH_LETTERS = 1;
  private static final int WITH_LEADING_ZERO = 2;
  private static final int LONG_NUMBER = 3;

  private final long seed;
  private final Map<Long, Integer> columns = new HashMap<>();

  /**
   * @param seed unknown to who sends lines
   */
  SlotColumns(long seed) {
    this.seed = seed;
    column(seed);
  }

  /** Distinct columns so far. */
  int count() {
    return columns.size();
  }

  /** Of lines that are kept whole, and of the rest of those of which only the beginning is taken apart. */
  int rest() {
    return column(seed);
  }

  int[] ofJson(SplitLine slots) {
    int[] columnOf = new int[slots.count];
    for (int i = 0; i < slots.count; i++) {
      columnOf[i] = distinct(slots.names[i], columnOf, i);
    }
    return columnOf;
  }

  /**
   * @param texts of the shape
   * @param bytes a line of it, in which {@code slots} are
   */
  int[] ofText(byte[][] texts, byte[] bytes, SplitLine slots) {
    int[] columnOf = new int[slots.count];
    long prefix = seed;
    boolean words = false;
    for (int i = 0; i < columnOf.length; i++) {
      byte[] before = texts[i];
      prefix = SeededHash.of(before, 0, before.length, prefix + 1);
      words |= hasWord(before);
      if (!words) {
        prefix = SeededHash.and(prefix, look(bytes, slots.starts[i], slots.ends[i], i), seed);
      }
      int keyStart = keyStart(before);
      long name = keyStart < 0 ? prefix : SeededHash.of(before, keyStart, before.length, seed);
      columnOf[i] = distinct(name, columnOf, i);
    }
    return columnOf;
  }

  private static boolean hasWord(byte[] text) {
    for (byte b : text) {
      if (!TextSplitter.isMark(b)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value has letters, or else the marks between its digits. */
  private static long look(byte[] bytes, int start, int end, int slot) {
    long marks = 0;
    for (int at = start; at < end; at++) {
      byte b = bytes[at];
      if (TextSplitter.isMark(b)) {
        marks = marks * 31 + b;
      } else if (!TextSplitter.isDigit(b)) {
        return WITH_LETTERS;
      }
    }
    if (marks != 0 || slot > 0 || start == end) {
      return marks << Byte.SIZE;
    }
    if (bytes[start] == '0') {
      return WITH_LEADING_ZERO;
    }
    return end - start >= LONG_NUMBER_DIGITS ? LONG_NUMBER : 0;
  }

  /** Where the key that the text ends with begins, {@code key=} or {@code key="}; -1 if none. */
  private static int keyStart(byte[] text) {
    int at = text.length - 1;
    if (at > 0 && text[at] == '"') {
      at--;
    }
    if (at < 1 || text[at] != '=') {
      return -1;
    }
    while (at > 0 && isKeyByte(text[at - 1])) {
      at--;
    }
    return text[at] == '=' ? -1 : at;
  }

  private static boolean isKeyByte(byte b) {
    return b < 0 || b == '_' || b == '.' || b == '-' || Character.isLetterOrDigit(b);
  }

  /** A column that none of the slots before has: a line may say a key twice. */
  private int distinct(long name, int[] columnOf, int count) {
    long distinct = name;
    while (true) {
      int column = column(distinct);
      boolean taken = false;
      for (int i = 0; i < count; i++) {
        taken |= columnOf[i] == column;
      }
      if (!taken) {
        return column;
      }
      distinct = SeededHash.and(distinct, 1, seed);
    }
  }

  private int column(long name) {
    Integer known = columns.putIfAbsent(name, columns.size());
    return known == null ? columns.size() - 1 : known;
  }
}
