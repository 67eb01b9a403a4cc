package dev.skald.grep;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The plain twin: what a finder must answer. */
final class PlainFinder {
  private PlainFinder() {}

  static int find(byte[] needle, byte[] haystack, int start, int end) {
    if (needle.length == 0) {
      return start;
    }
    int last = end - needle.length;
    for (int at = start; at <= last; at++) {
      if (haystack[at] == needle[0]
          && Arrays.equals(haystack, at, at + needle.length, needle, 0, needle.length)) {
        return at;
      }
    }
    return -1;
  }

  static long find(byte[] needle, MemorySegment haystack, long start, long end) {
    if (needle.length == 0) {
      return start;
    }
    long last = end - needle.length;
    for (long at = start; at <= last; at++) {
      if (isAt(needle, haystack, at)) {
        return at;
      }
    }
    return -1;
  }

  static boolean isAt(byte[] needle, MemorySegment haystack, long at) {
    for (int i = 0; i < needle.length; i++) {
      if (haystack.get(ValueLayout.JAVA_BYTE, at + i) != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
