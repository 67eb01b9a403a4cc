package dev.skald.grep;

import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Finds the first of several byte strings, letters in either case where asked: for each string two rare bytes are
 * compared at every position of a vector, as in {@link VectorFinder}. Its plain twin is {@link #findPlainly}.
 */
final class LiteralSetFinder {
  private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
  private static final byte CASE_BIT = 0x20;

  private final byte[][] needles;
  private final boolean[] folded;
  private final int[] firstAt;
  private final int[] secondAt;
  private final byte[] firstMask;
  private final byte[] secondMask;
  private final int reachMax;

  LiteralSetFinder(List<RequiredLiterals.Literal> literals) {
    int count = literals.size();
    needles = new byte[count][];
    folded = new boolean[count];
    firstAt = new int[count];
    secondAt = new int[count];
    firstMask = new byte[count];
    secondMask = new byte[count];
    int reach = 0;
    for (int n = 0; n < count; n++) {
      byte[] needle = literals.get(n).bytes();
      needles[n] = needle;
      folded[n] = literals.get(n).folded();
      int rarest = 0;
      for (int i = 1; i < needle.length; i++) {
        if (ByteRarity.of(needle[i]) < ByteRarity.of(needle[rarest])) {
          rarest = i;
        }
      }
      int second = rarest == 0 ? needle.length - 1 : 0;
      for (int i = 0; i < needle.length; i++) {
        if (i != rarest && ByteRarity.of(needle[i]) < ByteRarity.of(needle[second])) {
          second = i;
        }
      }
      firstAt[n] = rarest;
      secondAt[n] = second;
      firstMask[n] = mask(n, rarest);
      secondMask[n] = mask(n, second);
      reach = Math.max(reach, needle.length);
    }
    reachMax = reach + SPECIES.length();
  }

  /** Bits set in the text's byte before it is compared: the case bit of letters that may be in either case. */
  private byte mask(int needle, int at) {
    byte b = needles[needle][at];
    return folded[needle] && b >= 'a' && b <= 'z' ? CASE_BIT : 0;
  }

  /** Start of the first string that lies wholly in {@code [start, end)}, or -1. */
  int find(byte[] text, int start, int end) {
    int at = start;
    for (; at + reachMax <= end; at += SPECIES.length()) {
      long all = 0;
      for (int n = 0; n < needles.length; n++) {
        ByteVector first = ByteVector.fromArray(SPECIES, text, at + firstAt[n]);
        ByteVector second = ByteVector.fromArray(SPECIES, text, at + secondAt[n]);
        all |=
            first
                .or(firstMask[n])
                .eq(needles[n][firstAt[n]])
                .and(second.or(secondMask[n]).eq(needles[n][secondAt[n]]))
                .toLong();
      }
      while (all != 0) {
        int candidate = at + Long.numberOfTrailingZeros(all);
        if (isAt(text, candidate, end)) {
          return candidate;
        }
        all &= all - 1;
      }
    }
    return findPlainly(text, at, end);
  }

  int findPlainly(byte[] text, int start, int end) {
    for (int at = start; at < end; at++) {
      if (isAt(text, at, end)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isAt(byte[] text, int at, int end) {
    for (int n = 0; n < needles.length; n++) {
      if (isAt(text, at, end, n)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(byte[] text, int at, int end, int needle) {
    byte[] bytes = needles[needle];
    if (at + bytes.length > end) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      byte b = text[at + i];
      if (folded[needle] && b >= 'A' && b <= 'Z') {
        b |= CASE_BIT;
      }
      if (b != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
