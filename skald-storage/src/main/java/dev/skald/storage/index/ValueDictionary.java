package dev.skald.storage.index;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.bytes.ExactUtf8;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of one label, sorted as {@link String#compareTo} sorts, kept as they are
 * stored: in groups of sixteen, each value but a group's first without the prefix that it shares
 * with the one before. Immutable; safe for concurrent use.
 */
final class ValueDictionary {
  /** Up to this many values are kept as strings: those that many streams share. */
  private static final int KNOWN_MAX = 64;

  private final byte[] bytes;
  private final int[] groupStarts;
  private final int count;

  /** The values as strings, filled as they are asked for; empty if they are too many to keep. */
  private final @Nullable String[] known;

  private ValueDictionary(byte[] bytes, int[] groupStarts, int count) {
    this.bytes = bytes;
    this.groupStarts = groupStarts;
    this.count = count;
    this.known = new String[count <= KNOWN_MAX ? count : 0];
  }

  /** Visits a value. */
  @FunctionalInterface
  interface ValueVisitor {
    void visit(int ordinal, String value);
  }

  static void write(List<String> sorted, ByteWriter out) {
    out.putVarint(sorted.size());
    byte[] previous = new byte[0];
    for (int i = 0; i < sorted.size(); i++) {
      byte[] value = ExactUtf8.encode(sorted.get(i));
      int shared = i % StreamTableLayout.VALUE_GROUP == 0 ? 0 : commonPrefix(previous, value);
      out.putVarint(shared);
      out.putVarint(value.length - shared);
      out.putBytes(value, shared, value.length - shared);
      previous = value;
    }
  }

  private static int commonPrefix(byte[] a, byte[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }

  /** Keeps the reader's array. */
  static ValueDictionary read(ByteReader in) {
    int count = in.readCount("values of label", in.remaining());
    if (count < 1) {
      throw in.corrupt("values of label", "at least 1", count);
    }
    int[] groupStarts = new int[groupCount(count)];
    int previousLength = 0;
    for (int i = 0; i < count; i++) {
      boolean first = i % StreamTableLayout.VALUE_GROUP == 0;
      if (first) {
        groupStarts[i / StreamTableLayout.VALUE_GROUP] = in.position();
      }
      int shared = in.readCount("shared prefix", first ? 0 : previousLength);
      int suffix = in.readCount("value length", in.remaining());
      in.skip(suffix);
      previousLength = shared + suffix;
    }
    return new ValueDictionary(in.array(), groupStarts, count);
  }

  private static int groupCount(int count) {
    return (count + StreamTableLayout.VALUE_GROUP - 1) / StreamTableLayout.VALUE_GROUP;
  }

  int count() {
    return count;
  }

  String get(int ordinal) {
    if (known.length == 0) {
      return decode(ordinal);
    }
    String value = known[ordinal];
    if (value == null) {
      value = decode(ordinal);
      known[ordinal] = value; // two threads may both do so: strings are immutable
    }
    return value;
  }

  private String decode(int ordinal) {
    Cursor cursor = new Cursor(ordinal / StreamTableLayout.VALUE_GROUP);
    for (int i = ordinal % StreamTableLayout.VALUE_GROUP; i > 0; i--) {
      cursor.next();
    }
    return cursor.next();
  }

  /** The value's ordinal, or -1. */
  int find(String value) {
    int low = 0;
    int high = groupStarts.length - 1;
    while (low < high) { // the last group whose first value is not beyond
      int middle = (low + high + 1) >>> 1;
      if (new Cursor(middle).next().compareTo(value) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Cursor cursor = new Cursor(low);
    int from = low * StreamTableLayout.VALUE_GROUP;
    int to = Math.min(count, from + StreamTableLayout.VALUE_GROUP);
    for (int ordinal = from; ordinal < to; ordinal++) {
      int order = cursor.next().compareTo(value);
      if (order >= 0) {
        return order == 0 ? ordinal : -1;
      }
    }
    return -1;
  }

  /** All values in order. */
  void forEach(ValueVisitor visitor) {
    for (int group = 0; group < groupStarts.length; group++) {
      Cursor cursor = new Cursor(group);
      int from = group * StreamTableLayout.VALUE_GROUP;
      int to = Math.min(count, from + StreamTableLayout.VALUE_GROUP);
      for (int ordinal = from; ordinal < to; ordinal++) {
        visitor.visit(ordinal, cursor.next());
      }
    }
  }

  /** Walks the values of one group; what {@link #read} checked is trusted. */
  private final class Cursor {
    private int at;
    private byte[] value = new byte[64];

    Cursor(int group) {
      at = groupStarts[group];
    }

    String next() {
      int shared = varint();
      int suffix = varint();
      if (shared + suffix > value.length) {
        value = Arrays.copyOf(value, Math.max(shared + suffix, value.length * 2));
      }
      System.arraycopy(bytes, at, value, shared, suffix);
      at += suffix;
      return ExactUtf8.decode(value, 0, shared + suffix);
    }

    private int varint() {
      int result = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at++];
        result |= (next & 0x7f) << shift;
        if (next >= 0) {
          return result;
        }
      }
    }
  }
}
