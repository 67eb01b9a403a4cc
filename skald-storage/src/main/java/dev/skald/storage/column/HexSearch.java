package dev.skald.storage.column;

import dev.skald.grep.LiteralFinder;
import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.Needle.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a needle in packed digits without unpacking them.
 *
 * <p>At each offset of a value the needle either contradicts the layout's fixed bytes or leaves a string of digits that
 * must stand at a known place; as values have one length and digits stand end to end, it is one string whatever fixed
 * bytes are between. Nearly always all offsets leave the same one. It is looked for in the packed bytes twice: as whole
 * bytes, and as whole bytes but for half a byte at each end, which is looked at where the rest was found.
 */
final class HexSearch {
  /** Fewer digits are found in too many places to be looked for in bytes. */
  private static final int DIGITS_MIN = 4;

  /** More different strings are not worth as many passes. */
  private static final int STRINGS_MAX = 6;

  /** Packed bytes that both passes go over before the next: they stay in the cache. */
  private static final int STRETCH_BYTES = 1 << 16;

  private final HexLayout layout;
  private final PackedDigits packed;
  private final int count;
  private final BitSet found;

  /** Digits that are looked for, and the digits of a value that they may begin at. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Wanted(byte[] digits, BitSet from) {}

  HexSearch(HexLayout layout, PackedDigits packed, int count, BitSet found) {
    this.layout = layout;
    this.packed = packed;
    this.count = count;
    this.found = found;
  }

  /** Sets the bits of values that hold the needle, or returns false and sets none: it is too short for this. */
  boolean find(Needle needle) {
    List<Wanted> all = new ArrayList<>();
    int spare = layout.length() - needle.bytes().length; // not negative: the stamp has it
    int first = needle.how() == Place.AT_END ? spare : 0;
    int last =
        switch (needle.how()) {
          case ANYWHERE, AT_END -> spare;
          case AT_START -> 0;
          case WHOLE -> spare == 0 ? 0 : -1;
        };
    for (int offset = first; offset <= last; offset++) {
      byte[] digits = digitsAt(needle, offset);
      if (digits == null) {
        continue;
      }
      if (digits.length < DIGITS_MIN) {
        return false;
      }
      add(all, digits, layout.digitsBefore(offset));
      if (all.size() > STRINGS_MAX) {
        return false;
      }
    }
    for (Wanted wanted : all) {
      find(wanted);
    }
    return true;
  }

  private static void add(List<Wanted> all, byte[] digits, int from) {
    for (Wanted wanted : all) {
      if (Arrays.equals(wanted.digits, digits)) {
        wanted.from.set(from);
        return;
      }
    }
    Wanted wanted = new Wanted(digits, new BitSet());
    wanted.from.set(from);
    all.add(wanted);
  }

  /** What the needle says of the digits if it stands at an offset, or null if it cannot. */
  private byte @Nullable [] digitsAt(Needle needle, int offset) {
    byte[] bytes = needle.bytes();
    boolean folded = needle.letterCase() == LetterCase.FOLDED;
    byte[] digits = new byte[bytes.length];
    int size = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (layout.isDigit(offset + i)) {
        int digit = layout.digit(b, folded);
        if (digit < 0) {
          return null;
        }
        digits[size++] = (byte) digit;
      } else {
        byte fixed = layout.template[offset + i];
        if (b != fixed && !(folded && ValueFinder.lower(fixed) == b)) {
          return null;
        }
      }
    }
    return Arrays.copyOf(digits, size);
  }

  private void find(Wanted wanted) {
    byte[] digits = wanted.digits;
    byte[] even = pack(digits, 0);
    byte[] odd = pack(digits, 1);
    LiteralFinder evenFinder = new LiteralFinder(even);
    LiteralFinder oddFinder = new LiteralFinder(odd);
    int end = (int) HexHead.packedBytes(count, layout.digits);
    for (int from = 0; from < end; from += STRETCH_BYTES) {
      int to = from + Math.min(STRETCH_BYTES, end - from);
      findStretch(wanted, evenFinder, 0, from, to, end);
      findStretch(wanted, oddFinder, 1, from, to, end);
    }
  }

  /** The whole bytes of the digits if the first {@code skipped} are not part of them. */
  private static byte[] pack(byte[] digits, int skipped) {
    byte[] bytes = new byte[(digits.length - skipped) / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digits[skipped + 2 * i] << 4 | digits[skipped + 2 * i + 1]);
    }
    return bytes;
  }

  /** Occurrences whose first whole byte is in {@code [from, to)}. */
  private void findStretch(
      Wanted wanted, LiteralFinder finder, int skipped, int from, int to, int end) {
    int last = Math.min(end, to + finder.needleBytes() - 1);
    int at = packed.find(finder, from, last);
    while (at >= 0) {
      check(wanted, (long) at * 2 - skipped);
      at = packed.find(finder, at + 1, last);
    }
  }

  private void check(Wanted wanted, long firstDigit) {
    int value = (int) (firstDigit / layout.digits);
    int from = (int) (firstDigit - (long) value * layout.digits);
    byte[] digits = wanted.digits;
    if (firstDigit >= 0
        && value < count
        && wanted.from.get(from)
        && packed.digit(firstDigit) == digits[0]
        && packed.digit(firstDigit + digits.length - 1) == digits[digits.length - 1]) {
      found.set(value);
    }
  }
}
