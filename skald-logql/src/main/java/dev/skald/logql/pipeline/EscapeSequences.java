package dev.skald.logql.pipeline;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;

/**
 * Takes terminal escape sequences out of text (spec logql.md 6.12). {@link #SEQUENCE} defines them;
 * {@link #removePlainly} asks it. {@link #remove} reads them by hand, and is tested against it.
 */
final class EscapeSequences {
  private static final byte ESCAPE = 0x1b;
  private static final byte BELL = 0x07;

  /** U+009B in UTF-8, the one-character form of {@code ESC [}. */
  private static final byte CSI_FIRST = (byte) 0xc2;

  private static final byte CSI_LAST = (byte) 0x9b;
  private static final int DIGITS_MAX = 4;

  private static final Pattern SEQUENCE =
      Pattern.compile(
          "[\\x1b\\x{9b}][\\[\\]()#;?]*"
              + "(?:(?:(?:[a-zA-Z\\d]*(?:;[a-zA-Z\\d]*)*)?\\x07)"
              + "|(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PRZcf-ntqry=><~]))");

  /** What a byte may be in a sequence: flags. */
  private static final byte[] KINDS = kinds();

  private static final int OPENS = 1;
  private static final int TITLE = 2;
  private static final int FINAL = 4;
  private static final int DIGIT = 8;

  private EscapeSequences() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    mark(kinds, "[]()#;?", OPENS);
    mark(kinds, ";0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", TITLE);
    mark(kinds, "0123456789ABCDEFGHIJKLMNOPRZcfghijklmntqry=><~", FINAL);
    mark(kinds, "0123456789", DIGIT);
    return kinds;
  }

  private static void mark(byte[] kinds, String characters, int kind) {
    characters.chars().forEach(c -> kinds[c] |= (byte) kind);
  }

  private static boolean is(byte b, int kind) {
    return (KINDS[b & 0xff] & kind) != 0;
  }

  /** Where in {@code [start, end)} a sequence may begin first; {@code end} if nowhere. */
  static int candidate(byte[] bytes, int start, int end) {
    for (int at = start; at < end; at++) {
      if (bytes[at] == ESCAPE || bytes[at] == CSI_LAST) {
        return at;
      }
    }
    return end;
  }

  /**
   * Copies text without its sequences.
   *
   * @param first what {@link #candidate} says
   * @param to has room for all of the text
   * @return end of what was written at {@code toStart}
   */
  static int remove(byte[] bytes, int start, int first, int end, byte[] to, int toStart) {
    boolean mayBeBroken = false;
    for (int i = start; i < end; i++) {
      mayBeBroken |= bytes[i] < 0;
    }
    if (mayBeBroken && Utf8Text.hasReplacement(bytes, start, end)) {
      return removePlainly(bytes, start, end, to, toStart);
    }
    int out = toStart;
    int copied = start;
    int at = first;
    while (at < end) {
      boolean isCsi = bytes[at] == CSI_LAST;
      int sequence = isCsi ? at - 1 : at;
      boolean begins = !isCsi || (sequence >= copied && bytes[sequence] == CSI_FIRST);
      int behind = begins ? sequenceEnd(bytes, at + 1, end) : -1;
      if (behind >= 0) {
        System.arraycopy(bytes, copied, to, out, sequence - copied);
        out += sequence - copied;
        copied = behind;
      }
      at = candidate(bytes, behind >= 0 ? behind : at + 1, end);
    }
    System.arraycopy(bytes, copied, to, out, end - copied);
    return out + end - copied;
  }

  /** Behind the sequence whose first character lies before {@code from}; -1 if it is none. */
  private static int sequenceEnd(byte[] bytes, int from, int end) {
    int body = from;
    while (body < end && is(bytes[body], OPENS)) {
      body++;
    }
    int title = body;
    while (title < end && is(bytes[title], TITLE)) {
      title++;
    }
    if (title < end && bytes[title] == BELL) {
      return title + 1;
    }
    if (body == end || !is(bytes[body], FINAL)) {
      return -1;
    }
    return is(bytes[body], DIGIT) ? numbersEnd(bytes, body, end) : body + 1;
  }

  /** Behind numbers and what ends them; that may be their last digit. */
  private static int numbersEnd(byte[] bytes, int from, int end) {
    int at = digitsEnd(bytes, from, end);
    while (at < end && bytes[at] == ';') {
      at = digitsEnd(bytes, at + 1, end);
    }
    if (at < end && is(bytes[at], FINAL)) {
      return at + 1;
    }
    while (bytes[at - 1] == ';') {
      at--;
    }
    return at;
  }

  private static int digitsEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && at < from + DIGITS_MAX && is(bytes[at], DIGIT)) {
      at++;
    }
    return at;
  }

  /** The definition: as {@link #remove}, by the regular expression. */
  static int removePlainly(byte[] bytes, int start, int end, byte[] to, int toStart) {
    byte[] line = Arrays.copyOfRange(bytes, start, end);
    int out = toStart;
    int at = 0;
    Matcher matcher = SEQUENCE.matcher(line);
    while (matcher.find()) {
      int plain = matcher.start() - at;
      System.arraycopy(line, at, to, out, plain);
      out += plain;
      at = matcher.end();
    }
    System.arraycopy(line, at, to, out, line.length - at);
    return out + line.length - at;
  }
}
