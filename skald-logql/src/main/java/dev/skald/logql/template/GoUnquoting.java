package dev.skald.logql.template;

/**
 * The inside of a quoted literal with its escapes resolved, as Go's strconv.Unquote resolves them.
 */
final class GoUnquoting {
  private final String inner;
  private final char mark;
  private final StringBuilder text = new StringBuilder();
  private int position;

  GoUnquoting(String inner, char mark) {
    this.inner = inner;
    this.mark = mark;
  }

  String text() {
    while (position < inner.length()) {
      char c = inner.charAt(position++);
      if (c == '\\') {
        escape();
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private void escape() {
    if (position == inner.length()) {
      throw invalid();
    }
    char c = inner.charAt(position++);
    switch (c) {
      case 'a' -> text.append((char) 7);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'v' -> text.append((char) 11);
      case '\\' -> text.append('\\');
      case '\'', '"' -> {
        if (c != mark) {
          throw invalid();
        }
        text.append(c);
      }
      case 'x' -> appendByte(digits(2, 16));
      case 'u' -> appendCharacter(digits(4, 16));
      case 'U' -> appendCharacter(digits(8, 16));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        position--;
        appendByte(digits(3, 8));
      }
      default -> throw invalid();
    }
  }

  private long digits(int count, int radix) {
    if (position + count > inner.length()) {
      throw invalid();
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      char c = inner.charAt(position++);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        throw invalid();
      }
      value = value * radix + digit;
    }
    return value;
  }

  /**
   * In a string a byte, which may be part of a character; in a character constant the character of
   * that number.
   */
  private void appendByte(long value) {
    if (value > 0xFF) {
      throw invalid();
    }
    if (mark == '\'' || value < 0x80) {
      text.append((char) value);
    } else {
      text.append(GoStrings.decode(new byte[] {(byte) value}, 0, 1));
    }
  }

  private void appendCharacter(long value) {
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    if (value > Character.MAX_CODE_POINT || surrogate) {
      throw invalid();
    }
    text.appendCodePoint((int) value);
  }

  private static TemplateFailure invalid() {
    return new TemplateFailure("invalid syntax");
  }
}
