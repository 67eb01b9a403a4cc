package dev.skald.grep;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The SIMD twin of {@link PlainFinder}: two bytes of the needle, the rarest ones, are compared at every position of a
 * vector at once; only where both are right is the needle compared whole. (The method is W. Muła's "generic SIMD",
 * 0x80.pl/articles/simd-strfind.html, with rare bytes in place of the first and the last.)
 */
final class VectorFinder {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final byte[] needle;
  private final int firstAt;
  private final int secondAt;

  /** The needle has at least one byte; it is not copied. */
  VectorFinder(byte[] needle) {
    this.needle = needle;
    int rarest = 0;
    for (int i = 1; i < needle.length; i++) {
      if (ByteRarity.of(needle[i]) < ByteRarity.of(needle[rarest])) {
        rarest = i;
      }
    }
    int second = rarest == 0 ? needle.length - 1 : 0;
    for (int i = 0; i < needle.length; i++) {
      boolean other = i != rarest && needle[i] != needle[rarest];
      if (other && ByteRarity.of(needle[i]) < ByteRarity.of(needle[second])) {
        second = i;
      }
    }
    firstAt = rarest;
    secondAt = second;
  }

  int find(byte[] haystack, int start, int end) {
    byte first = needle[firstAt];
    byte second = needle[secondAt];
    int lanes = SPECIES.length();
    int reach = Math.max(firstAt, secondAt) + lanes;
    int at = start;
    for (; at + reach <= end; at += lanes) {
      long candidates =
          ByteVector.fromArray(SPECIES, haystack, at + firstAt)
              .eq(first)
              .and(ByteVector.fromArray(SPECIES, haystack, at + secondAt).eq(second))
              .toLong();
      while (candidates != 0) {
        int candidate = at + Long.numberOfTrailingZeros(candidates);
        if (candidate + needle.length <= end
            && Arrays.equals(
                haystack, candidate, candidate + needle.length, needle, 0, needle.length)) {
          return candidate;
        }
        candidates &= candidates - 1;
      }
    }
    return PlainFinder.find(needle, haystack, at, end);
  }

  /** The same in memory that is no array. */
  long find(MemorySegment haystack, long start, long end) {
    byte first = needle[firstAt];
    byte second = needle[secondAt];
    int lanes = SPECIES.length();
    int reach = Math.max(firstAt, secondAt) + lanes;
    long at = start;
    for (; at + reach <= end; at += lanes) {
      long candidates =
          ByteVector.fromMemorySegment(SPECIES, haystack, at + firstAt, ORDER)
              .eq(first)
              .and(ByteVector.fromMemorySegment(SPECIES, haystack, at + secondAt, ORDER).eq(second))
              .toLong();
      while (candidates != 0) {
        long candidate = at + Long.numberOfTrailingZeros(candidates);
        if (candidate + needle.length <= end && PlainFinder.isAt(needle, haystack, candidate)) {
          return candidate;
        }
        candidates &= candidates - 1;
      }
    }
    return PlainFinder.find(needle, haystack, at, end);
  }
}
