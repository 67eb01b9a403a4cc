package dev.skald.storage.column;

import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;

/**
 * Values of one length with decimal digits at some places and, at most others, always the same byte; compared eight
 * bytes at a time. Immutable.
 */
final class DigitTemplate {
  private static final long ZEROS = 0x3030303030303030L;
  private static final long SIXES = 0x0606060606060606L;
  private static final long HIGH_NIBBLES = 0xf0f0f0f0f0f0f0f0L;

  /** Stands for any byte: something else looks at it. */
  static final byte ANY = 0;

  /** Stands for a digit. */
  static final byte DIGIT = 1;

  private final byte[] bytes;
  private final int digits;
  private final long[] fixedMasks;
  private final long[] fixed;
  private final long[] digitMasks;

  /**
   * @param bytes {@link #DIGIT} for each digit, {@link #ANY} where any byte may stand; not copied
   */
  DigitTemplate(byte[] bytes) {
    this.bytes = bytes;
    int words = (bytes.length + Long.BYTES - 1) / Long.BYTES;
    fixedMasks = new long[words];
    fixed = new long[words];
    digitMasks = new long[words];
    int count = 0;
    for (int i = 0; i < bytes.length; i++) {
      int word = i / Long.BYTES;
      int shift = (Long.BYTES - 1 - i % Long.BYTES) * Byte.SIZE;
      if (bytes[i] == DIGIT) {
        digitMasks[word] |= 0xffL << shift;
        count++;
      } else if (bytes[i] != ANY) {
        fixedMasks[word] |= 0xffL << shift;
        fixed[word] |= (bytes[i] & 0xffL) << shift;
      }
    }
    digits = count;
  }

  /** Borrowed. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  int digits() {
    return digits;
  }

  /** Whether {@code source[start .. start + length())} is so built. */
  boolean fits(byte[] source, int start) {
    for (int word = 0; word < fixed.length; word++) {
      if (!fits(Words.bigPadded(source, start + word * Long.BYTES), word)) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(long text, int word) {
    long mask = digitMasks[word];
    long wrong = ((text ^ ZEROS) | ((text & ~HIGH_NIBBLES) + SIXES)) & HIGH_NIBBLES & mask;
    // a digit's high half is 3, and its low half does not reach the high one with six more
    return (wrong | ((text ^ fixed[word]) & fixedMasks[word])) == 0;
  }

  /**
   * The digits as one number, of at most {@link DecimalText#DIGITS_MAX}, or {@link DecimalText#NOT_DIGITS} if the bytes
   * are not so built.
   */
  long parse(byte[] source, int start) {
    long value = 0;
    for (int word = 0; word < fixed.length; word++) {
      long text = Words.bigPadded(source, start + word * Long.BYTES);
      if (!fits(text, word)) {
        return DecimalText.NOT_DIGITS;
      }
      long mask = digitMasks[word];
      int count = Long.bitCount(mask) / Byte.SIZE;
      value =
          value * DecimalText.power(count)
              + DecimalText.eightDigits(Long.reverseBytes(Long.compress(text, mask)));
    }
    return value;
  }

  /** Whether a needle may stand at {@code offset} of a value, or over its ends, as far as the template tells. */
  boolean admits(Needle needle, int offset) {
    byte[] wanted = needle.bytes();
    if (offset < 0 || offset + wanted.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      byte b = bytes[offset + i];
      boolean same =
          b == DIGIT
              ? DigitsHead.isDigit(wanted[i])
              : b == ANY
                  || b == wanted[i]
                  || (needle.letterCase() == LetterCase.FOLDED
                      && ValueFinder.lower(b) == wanted[i]);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Whether a needle may stand anywhere where it has to. */
  boolean admits(Needle needle) {
    int last = bytes.length - needle.bytes().length;
    return switch (needle.how()) {
      case AT_START -> admits(needle, 0);
      case AT_END -> admits(needle, last);
      case WHOLE -> last == 0 && admits(needle, 0);
      case ANYWHERE -> {
        for (int offset = 0; offset <= last; offset++) {
          if (admits(needle, offset)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }
}
