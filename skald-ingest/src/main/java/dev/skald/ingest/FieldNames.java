package dev.skald.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A short list of names that bytes of a line are looked up in. */
final class FieldNames {
  private final byte[][] names;

  /** Bit n: some name has n bytes; the last bit stands for all longer ones. */
  private final long lengths;

  FieldNames(List<String> names) {
    this.names = names.stream().map(n -> n.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    long bits = 0;
    for (byte[] name : this.names) {
      bits |= lengthBit(name.length);
    }
    this.lengths = bits;
  }

  private static long lengthBit(int length) {
    return 1L << Math.min(length, Long.SIZE - 1);
  }

  /** Position of the name in the list, or -1. */
  int indexOf(byte[] bytes, int start, int end) {
    if ((lengths & lengthBit(end - start)) != 0) {
      for (int i = 0; i < names.length; i++) {
        if (Arrays.equals(names[i], 0, names[i].length, bytes, start, end)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Position of the first name that differs in the case of ASCII letters at most, or -1. */
  int indexOfIgnoreCase(byte[] bytes, int start, int end) {
    if ((lengths & lengthBit(end - start)) != 0) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].length == end - start && equalsIgnoreCase(names[i], bytes, start)) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean equalsIgnoreCase(byte[] name, byte[] bytes, int start) {
    for (int i = 0; i < name.length; i++) {
      if (lowerCase(name[i]) != lowerCase(bytes[start + i])) {
        return false;
      }
    }
    return true;
  }

  private static int lowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
