package dev.skald.storage.shape;

import dev.skald.bytes.SeededHash;
import dev.skald.model.Shape.SlotKind;

/**
 * Splits any line into words, slots and what stands between them. A run of letters, digits and
 * {@code _} is a token; one with a digit in it is a slot, one without is a word, which is text
 * unless its position turns out to vary. Numbers with dots, dates and times, quoted strings and the
 * values of {@code key=value} are one slot each. One pass, no table of formats.
 *
 * <p>The <em>signature</em> of a line is a hash of all but its words and slots; keys are in it.
 */
final class TextSplitter {
  /** A line with more words or slots is kept whole. */
  static final int TOKENS_MAX = SplitLine.SLOTS_MAX;

  // Bits of what a token has are the lowest.
  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte QUOTE = 3;
  private static final byte BACKSLASH = 4;
  private static final byte OTHER = 5;
  private static final byte[] CLASS = new byte[256];

  /** Bytes that end the value of a key. */
  private static final boolean[] ENDS_VALUE = new boolean[256];

  /** No end: what stands there is not of the form. */
  static final int NONE = -1;

  // Forms of tokens.
  /** With a digit in it, or a date or time. */
  static final int NUMBER = 0;

  /** Without a digit. */
  static final int WORD = 1;

  /** Between quotes, which are no part of it. */
  static final int QUOTED = 2;

  /** Behind {@code key=}, without quotes. */
  static final int VALUE = 3;

  private static final long FACTOR = 0x9e3779b97f4a7c15L;
  private static final int WORD_MARK = 0x100;
  private static final int SLOT_MARK = 0x101;
  private static final int VALUE_MARK = 0x102;

  static {
    for (int b = 0; b < CLASS.length; b++) {
      boolean letter = (b | 0x20) >= 'a' && (b | 0x20) <= 'z' && b < 0x80;
      CLASS[b] = letter || b == '_' || b >= 0x80 ? LETTER : OTHER;
    }
    for (int b = '0'; b <= '9'; b++) {
      CLASS[b] = DIGIT;
    }
    CLASS['"'] = QUOTE;
    CLASS['\\'] = BACKSLASH;
    for (char c : " \t\r\n,;)]}>\"'".toCharArray()) {
      ENDS_VALUE[c] = true;
    }
  }

  private final long seed;

  /** Words and slots in order: where they stand, and their forms. */
  final int[] starts = new int[TOKENS_MAX];

  final int[] ends = new int[TOKENS_MAX];
  private final int[] forms = new int[TOKENS_MAX];
  int count;
  long signature;

  TextSplitter(long seed) {
    this.seed = seed;
  }

  /** Whether the line has few enough tokens; if not, what was found means nothing. */
  boolean split(byte[] bytes, int start, int end) {
    count = 0;
    signature = seed;
    int at = start;
    while (at < end) {
      int b = bytes[at] & 0xff;
      switch (CLASS[b]) {
        case LETTER, DIGIT -> at = token(bytes, at, end);
        case QUOTE -> {
          int close = JsonSplitter.endOfString(bytes, at + 1, end);
          mark(b);
          if (close >= 0) {
            if (!add(at + 1, close, QUOTED)) {
              return false;
            }
            mark(SLOT_MARK);
            mark(b);
            at = close + 1;
          } else {
            at++;
          }
        }
        case BACKSLASH -> { // with what it escapes: the n of \n is no letter of the next word
          mark(b);
          if (at + 1 < end) {
            mark(bytes[at + 1]);
          }
          at = Math.min(at + 2, end);
        }
        default -> {
          mark(b);
          at++;
        }
      }
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  private void mark(int what) {
    signature = (signature ^ what) * FACTOR;
    signature ^= signature >>> 29;
  }

  boolean isWord(int token) {
    return forms[token] == WORD;
  }

  private boolean add(int start, int end, int form) {
    if (count == TOKENS_MAX) {
      return false;
    }
    starts[count] = start;
    ends[count] = end;
    forms[count++] = form;
    return true;
  }

  /** A token, a time, or key and value; returns where it ends, or {@link #NONE} if there are too many. */
  private int token(byte[] bytes, int start, int end) {
    int time = timeEnd(bytes, start, end);
    if (time != NONE) {
      mark(SLOT_MARK);
      return add(start, time, NUMBER) ? time : NONE;
    }
    int run = runEnd(bytes, start, end);
    int at = run < 0 ? ~run : run;
    if (isKey(bytes, at, end)) {
      signature = SeededHash.of(bytes, start, at, signature);
      mark('=');
      return value(bytes, at + 1, end);
    }
    mark(run < 0 ? WORD_MARK : SLOT_MARK);
    return add(start, at, run < 0 ? WORD : NUMBER) ? at : NONE;
  }

  private static int timeEnd(byte[] bytes, int start, int end) {
    return CLASS[bytes[start] & 0xff] == DIGIT ? TimeText.end(bytes, start, end) : NONE;
  }

  /** Where letters and digits end; all bits inverted if there is no digit. */
  private static int runEnd(byte[] bytes, int start, int end) {
    int at = start;
    int seen = 0;
    while (true) {
      while (at < end && CLASS[bytes[at] & 0xff] <= DIGIT) {
        seen |= CLASS[bytes[at++] & 0xff];
      }
      boolean isNumber = seen == DIGIT && at + 1 < end && bytes[at] == '.';
      if (!isNumber || !isDigit(bytes[at + 1])) {
        return (seen & DIGIT) != 0 ? at : ~at;
      }
      at++; // a dot belongs to a number: 1.5, 10.0.0.7
    }
  }

  /** Whether what ends at {@code at} is the key of a value. */
  private static boolean isKey(byte[] bytes, int at, int end) {
    return at < end && bytes[at] == '=' && (at + 1 == end || bytes[at + 1] != '=');
  }

  /**
   * Where the token at {@code start} ends if it is of a form, as {@link #split} would find; else {@link #NONE}. What stands
   * before it is text that made the splitter expect this form.
   */
  static int endOf(int form, byte[] bytes, int start, int end) {
    return switch (form) {
      case NUMBER, WORD -> {
        if (start >= end || CLASS[bytes[start] & 0xff] > DIGIT) {
          yield NONE;
        }
        int time = timeEnd(bytes, start, end);
        if (time != NONE) {
          yield form == NUMBER ? time : NONE;
        }
        int run = runEnd(bytes, start, end);
        int at = run < 0 ? ~run : run;
        yield (run < 0) == (form == WORD) && !isKey(bytes, at, end) ? at : NONE;
      }
      case QUOTED -> JsonSplitter.endOfString(bytes, start, end);
      case VALUE -> {
        boolean isQuoted =
            start < end
                && bytes[start] == '"'
                && JsonSplitter.endOfString(bytes, start + 1, end) >= 0;
        boolean isNone = isQuoted || (start < end && bytes[start] == '=');
        yield isNone ? NONE : valueEnd(bytes, start, end);
      }
      default -> throw new IllegalArgumentException("form " + form);
    };
  }

  private int value(byte[] bytes, int start, int end) {
    if (start < end && bytes[start] == '"') {
      int close = JsonSplitter.endOfString(bytes, start + 1, end);
      if (close >= 0) {
        mark('"');
        mark(VALUE_MARK);
        mark('"');
        return add(start + 1, close, QUOTED) ? close + 1 : NONE;
      }
    }
    int at = valueEnd(bytes, start, end);
    mark(VALUE_MARK);
    return add(start, at, VALUE) ? at : NONE;
  }

  private static int valueEnd(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && !ENDS_VALUE[bytes[at] & 0xff]) {
      at++;
    }
    return at;
  }

  /** Whether it is of no word and no number. */
  static boolean isMark(byte b) {
    return CLASS[b & 0xff] != LETTER && CLASS[b & 0xff] != DIGIT;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * Makes slots of the tokens: those that are slots, and the words at the positions given.
   *
   * @param slotWords bit {@code w} of them all is set if the {@code w}-th word is a slot; words
   *     beyond are text
   * @param out in order, with their forms as names
   * @return a hash of signature and remaining words
   */
  long choose(byte[] bytes, long[] slotWords, SplitLine out) {
    out.clear();
    long hash = signature;
    int word = 0;
    for (int i = 0; i < count; i++) {
      if (!isWord(i)) {
        out.add(SlotKind.TEXT, starts[i], ends[i], forms[i]);
        continue;
      }
      if (isSet(slotWords, word)) {
        out.add(SlotKind.TEXT, starts[i], ends[i], WORD);
      } else {
        hash = SeededHash.of(bytes, starts[i], ends[i], hash);
      }
      word++;
    }
    return hash;
  }

  static boolean isSet(long[] bits, int index) {
    int at = index >>> 6;
    return at < bits.length && (bits[at] >>> index & 1) != 0;
  }
}
