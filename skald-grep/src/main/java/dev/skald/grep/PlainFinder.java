package dev.skald.grep;

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
}
