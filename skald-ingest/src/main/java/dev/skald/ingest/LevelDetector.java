package dev.skald.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.skald.grep.LiteralFinder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the level of a line (the page on Loki's HTTP API, section 2.6, steps 5 and 6): a member of
 * a JSON object, or a key of logfmt, or the first keyword. Works on bytes and makes no objects.
 * Beside its bounds a keyword may have any of the signs that newer versions of the reference allow;
 * 3.7 did not know the apostrophe and the bar there.
 */
final class LevelDetector {
  private static final LiteralFinder EQUALS_SIGN = new LiteralFinder(new byte[] {'='});

  /**
   * Where two keywords begin alike the longer one comes first, though the bounds tell them apart
   * anyway.
   */
  private static final byte[][] KEYWORDS = {
    "trace".getBytes(US_ASCII),
    "debug".getBytes(US_ASCII),
    "fatal".getBytes(US_ASCII),
    "critical".getBytes(US_ASCII),
    "error".getBytes(US_ASCII),
    "err".getBytes(US_ASCII),
    "warning".getBytes(US_ASCII),
    "warn".getBytes(US_ASCII),
    "info".getBytes(US_ASCII)
  };

  /**
   * What each byte may be, in fields of bits. A keyword may begin where the fields of the byte
   * before, of the byte itself and of the next one have a bit in common: one bit for each pair of
   * letters that keywords begin with. No branch depends on where words end, which nothing can
   * predict.
   */
  private static final int[] KINDS = new int[256];

  /** Set in all of the first field for bounds on the left. */
  private static final int LEFT = 0xff;

  private static final int FIRST_SHIFT = 8;
  private static final int SECOND_SHIFT = 16;
  private static final int RIGHT = 1 << 24;
  private static final int EQUALS = 1 << 25;

  static {
    for (char c : " \t\n[({\"'=|".toCharArray()) {
      KINDS[c] |= LEFT;
    }
    for (char c : " \t\n[](){}:,!\"'=|".toCharArray()) {
      KINDS[c] |= RIGHT;
    }
    KINDS['='] |= EQUALS;
    String pairs = "tr de fa cr er wa in";
    for (int i = 0; i < pairs.length(); i += 3) {
      int bit = 1 << (i / 3);
      for (int upper = 0; upper <= 0x20; upper += 0x20) {
        KINDS[pairs.charAt(i) - upper] |= bit << FIRST_SHIFT;
        KINDS[pairs.charAt(i + 1) - upper] |= bit << SECOND_SHIFT;
      }
    }
  }

  private final FieldNames fields;
  private final int jsonDepthMax;

  LevelDetector(List<String> fields, int jsonDepthMax) {
    this.fields = new FieldNames(fields);
    this.jsonDepthMax = jsonDepthMax;
  }

  Level detect(byte[] line, int start, int end) {
    int first = afterBlanks(line, start, end);
    if (first < end && line[first] == '{' && lastSign(line, first, end) == '}') {
      Level level = ofJson(line, first + 1, end);
      return level != null ? level : ofKeyword(line, start, start, end);
    }
    return ofText(line, start, end);
  }

  /**
   * The first string member in the order of the line whose name is a level field. Arrays are passed
   * over. Lenient: the line need not be JSON indeed.
   */
  private @Nullable Level ofJson(byte[] line, int start, int end) {
    int depth = 1;
    int at = start;
    while (at < end && depth > 0) {
      switch (line[at]) {
        case '"' -> {
          int nameStart = at + 1;
          int nameEnd = stringEnd(line, nameStart, end);
          at = afterBlanks(line, nameEnd + 1, end);
          if (at < end && line[at] == ':') {
            at = afterBlanks(line, at + 1, end);
            if (at < end && line[at] == '"') {
              int valueStart = at + 1;
              int valueEnd = stringEnd(line, valueStart, end);
              if (depth <= jsonDepthMax && fields.indexOf(line, nameStart, nameEnd) >= 0) {
                return Level.ofWord(line, valueStart, valueEnd);
              }
              at = valueEnd + 1;
            }
          }
        }
        case '[' -> at = afterArray(line, at, end);
        case '{' -> {
          depth++;
          at++;
        }
        case '}' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    }
    return null;
  }

  /** Where the closing quote is, or {@code end}. */
  private static int stringEnd(byte[] line, int start, int end) {
    int at = start;
    while (at < end && line[at] != '"') {
      at += line[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  private static int afterArray(byte[] line, int start, int end) {
    int open = 0;
    int at = start;
    while (at < end) {
      switch (line[at]) {
        case '"' -> at = stringEnd(line, at + 1, end);
        case '[' -> open++;
        case ']' -> open--;
        default -> {}
      }
      at++;
      if (open == 0) {
        return at;
      }
    }
    return end;
  }

  /** The key that comes first in the list of level fields, in any case; values may be in quotes. */
  private @Nullable Level ofLogfmt(byte[] line, int start, int end) {
    int best = Integer.MAX_VALUE;
    Level level = null;
    int at = start;
    while (at < end && best > 0) {
      int keyStart = at;
      while (at < end && line[at] != '=' && line[at] != '"' && isInWord(line[at])) {
        at++;
      }
      if (at == end || line[at] != '=') {
        at++;
        continue;
      }
      int keyEnd = at++;
      boolean quoted = at < end && line[at] == '"';
      int valueStart = quoted ? at + 1 : at;
      int valueEnd = quoted ? stringEnd(line, valueStart, end) : wordEnd(line, at, end);
      at = quoted ? valueEnd + 1 : valueEnd;
      int index = fields.indexOfIgnoreCase(line, keyStart, keyEnd);
      if (index >= 0 && index < best) {
        best = index;
        level = Level.ofWord(line, valueStart, valueEnd);
      }
    }
    return level;
  }

  private static int wordEnd(byte[] line, int start, int end) {
    int at = start;
    while (at < end && isInWord(line[at])) {
      at++;
    }
    return at;
  }

  /** Bytes beyond ASCII are negative, and parts of words. */
  private static boolean isInWord(byte b) {
    return b > ' ' || b < 0;
  }

  /**
   * Looks for keywords until an equals sign says that the line is logfmt: one pass over lines that
   * have none.
   */
  private Level ofText(byte[] line, int start, int end) {
    for (int at = next(line, start, start, end, EQUALS);
        at < end;
        at = next(line, at + 1, start, end, EQUALS)) {
      if (line[at] == '=') {
        Level level = ofLogfmt(line, start, end);
        return level != null ? level : ofKeyword(line, at, start, end);
      }
      Level level = keywordAt(line, at, end);
      if (level != null) {
        Level ofField = EQUALS_SIGN.find(line, at, end) < 0 ? null : ofLogfmt(line, start, end);
        return ofField != null ? ofField : level;
      }
    }
    return Level.UNKNOWN;
  }

  /** The first keyword at {@code from} or behind it. */
  private static Level ofKeyword(byte[] line, int from, int start, int end) {
    for (int at = next(line, from, start, end, 0);
        at < end;
        at = next(line, at + 1, start, end, 0)) {
      Level level = keywordAt(line, at, end);
      if (level != null) {
        return level;
      }
    }
    return Level.UNKNOWN;
  }

  /** Where a keyword may begin, or a byte of the kind {@code stop} is; {@code end} if nowhere. */
  private static int next(byte[] line, int from, int start, int end, int stop) {
    if (from >= end) {
      return end;
    }
    int before = from == start ? LEFT : KINDS[line[from - 1] & 0xff];
    int here = KINDS[line[from] & 0xff];
    for (int at = from; at < end - 1; at++) {
      int after = KINDS[line[at + 1] & 0xff];
      int begins = before & (here >> FIRST_SHIFT) & (after >> SECOND_SHIFT) & LEFT;
      if ((begins | (here & stop)) != 0) {
        return at;
      }
      before = here;
      here = after;
    }
    return (here & stop) != 0 ? end - 1 : end;
  }

  private static @Nullable Level keywordAt(byte[] line, int start, int end) {
    for (byte[] keyword : KEYWORDS) {
      int keywordEnd = start + keyword.length;
      if (keywordEnd <= end
          && Level.isWord(keyword, line, start)
          && (keywordEnd == end || (KINDS[line[keywordEnd] & 0xff] & RIGHT) != 0)) {
        return Level.ofWord(line, start, keywordEnd);
      }
    }
    return null;
  }

  private static int afterBlanks(byte[] line, int start, int end) {
    int at = start;
    while (at < end && isBlank(line[at])) {
      at++;
    }
    return at;
  }

  private static byte lastSign(byte[] line, int start, int end) {
    int at = end - 1;
    while (at > start && isBlank(line[at])) {
      at--;
    }
    return line[at];
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
