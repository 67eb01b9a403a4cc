package dev.skald.storage.column;

/**
 * Values of one length with hexadecimal digits of one case at some places and fixed bytes at the others, eight bytes at
 * a time.
 */
final class HexLayout {
  static final int LOWER = 0;
  static final int UPPER = 1;

  private static final long LOW_NIBBLES = 0x0f0f0f0f0f0f0f0fL;
  private static final long ONES = 0x0101010101010101L;
  private static final long ZEROS = 0x3030303030303030L;
  private static final long SIXES = 0x0606060606060606L;

  /** What a letter is more than the digit ten would be, were there one. */
  private static final long[] LETTER_OFFSETS = {'a' - '9' - 1, 'A' - '9' - 1};

  final byte[] template;
  final int letterCase;

  /** Nibbles of a value. */
  final int digits;

  /** Per eight bytes: the low four bits of each that is a digit. The first byte is the highest. */
  private final long[] masks;

  private final long[] constants;
  private final int[] maskDigits;
  private final long letterOffset;

  /**
   * @param template the fixed bytes; what stands at digits does not count
   */
  HexLayout(byte[] template, boolean[] isDigit, int letterCase) {
    this.template = template.clone();
    this.letterCase = letterCase;
    this.letterOffset = LETTER_OFFSETS[letterCase];
    int words = (template.length + Long.BYTES - 1) / Long.BYTES;
    masks = new long[words];
    constants = new long[words];
    maskDigits = new int[words];
    int count = 0;
    for (int i = 0; i < words * Long.BYTES; i++) {
      int word = i / Long.BYTES;
      masks[word] <<= Byte.SIZE;
      constants[word] <<= Byte.SIZE;
      if (i >= template.length) {
        continue;
      }
      if (isDigit[i]) {
        masks[word] |= 0x0f;
        maskDigits[word]++;
        count++;
        this.template[i] = 0;
      } else {
        constants[word] |= template[i] & 0xff;
      }
    }
    digits = count;
  }

  int length() {
    return template.length;
  }

  int words() {
    return masks.length;
  }

  /** Digits in the eight bytes of a word. */
  int digits(int word) {
    return maskDigits[word];
  }

  boolean isDigit(int index) {
    return (masks[index / Long.BYTES] >>> ((Long.BYTES - 1 - index % Long.BYTES) * Byte.SIZE) & 15)
        != 0;
  }

  /** How many digits stand before a byte. */
  int digitsBefore(int index) {
    int count = 0;
    for (int i = 0; i < index; i++) {
      count += isDigit(i) ? 1 : 0;
    }
    return count;
  }

  /**
   * What a byte is worth as a digit, or -1.
   *
   * @param folded whether a lower-case letter stands for the upper-case one, too
   */
  int digit(byte b, boolean folded) {
    if (DigitsHead.isDigit(b)) {
      return b - '0';
    }
    char first = letterCase == LOWER || folded ? 'a' : 'A';
    return b >= first && b < first + 6 ? b - first + 10 : -1;
  }

  /** The digits of eight bytes in the low bits, or -1 if they do not fit the layout. */
  long nibbles(byte[] bytes, int start, int word) {
    int at = start + word * Long.BYTES;
    long text = Words.bigPadded(bytes, at);
    int beyond = (word + 1) * Long.BYTES - template.length;
    if (beyond > 0) {
      text &= -1L << (beyond * Byte.SIZE);
    }
    long mask = masks[word];
    long nibbles = ((text & LOW_NIBBLES) + (text >>> 6 & ONES) * 9) & mask;
    if (text(nibbles, word) != text) {
      return -1;
    }
    return Long.compress(nibbles, mask);
  }

  /** The eight bytes for digits as {@link #nibbles} returns them. */
  long expand(long nibbles, int word) {
    return text(Long.expand(nibbles, masks[word]), word);
  }

  private long text(long spread, int word) {
    long letters = (spread + SIXES) >>> 4 & ONES;
    long digits = spread + ZEROS + letters * letterOffset;
    return (digits & masks[word] * 0x11) | constants[word];
  }
}
