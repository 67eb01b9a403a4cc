package dev.skald.logql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a {@code json} or {@code logfmt} expression. A character that begins no token reads
 * as the end; what is wrong with it is kept for the case that the expression could end there.
 */
final class PathScan {
  /** Kinds as the messages spell them. */
  enum Kind {
    STRING("STRING"),
    NAME("FIELD"),
    INDEX("INDEX"),
    DOT("DOT"),
    OPEN("LSB"),
    CLOSE("RSB"),
    END("$end");

    private final String spelling;

    Kind(String spelling) {
      this.spelling = spelling;
    }
  }

  private final String text;
  private final String nameSpelling;
  private int index;
  private Kind kind = Kind.END;
  private String value = "";
  private @Nullable String fault;

  /**
   * @param nameSpelling how messages call a name
   */
  PathScan(String text, String nameSpelling) {
    this.text = text;
    this.nameSpelling = nameSpelling;
    advance();
  }

  Kind kind() {
    return kind;
  }

  /** The text of the token, which is taken. */
  String take() {
    String taken = value;
    advance();
    return taken;
  }

  String expect(Kind wanted) throws ExpressionException {
    if (kind != wanted) {
      throw unexpected(wanted);
    }
    return take();
  }

  /** Ends the expression here. */
  void expectEnd() throws ExpressionException {
    if (kind != Kind.END) {
      throw unexpected();
    }
    if (fault != null) {
      throw new ExpressionException(fault);
    }
  }

  ExpressionException unexpected(Kind... expected) {
    StringBuilder message = new StringBuilder("syntax error: unexpected ").append(spelling(kind));
    String separator = ", expecting ";
    for (Kind wanted : expected) {
      message.append(separator).append(spelling(wanted));
      separator = " or ";
    }
    return new ExpressionException(message.toString());
  }

  private String spelling(Kind wanted) {
    return wanted == Kind.NAME ? nameSpelling : wanted.spelling;
  }

  private void advance() {
    boolean inBrackets = kind == Kind.OPEN;
    while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
      index++;
    }
    if (index >= text.length() || fault != null) {
      kind = Kind.END;
      return;
    }
    int start = index;
    char c = text.charAt(index++);
    value = String.valueOf(c);
    switch (c) {
      case '.' -> kind = Kind.DOT;
      case '[' -> kind = Kind.OPEN;
      case ']' -> kind = Kind.CLOSE;
      case '"' -> string();
      default -> {
        if (isNameStart(c)) {
          name(start);
        } else if (inBrackets && isDigit(c)) {
          number(start);
        } else {
          kind = Kind.END;
          fault = "unexpected char " + Character.toString(text.codePointAt(start));
        }
      }
    }
  }

  /** Up to the next quote, or to the end of the text. */
  private void string() {
    int end = text.indexOf('"', index);
    value = text.substring(index, end < 0 ? text.length() : end);
    index = end < 0 ? text.length() : end + 1;
    kind = Kind.STRING;
  }

  private void name(int start) {
    while (index < text.length()
        && (isNameStart(text.charAt(index)) || isDigit(text.charAt(index)))) {
      index++;
    }
    value = text.substring(start, index);
    kind = Kind.NAME;
  }

  private void number(int start) {
    while (index < text.length() && isDigit(text.charAt(index))) {
      index++;
    }
    value = text.substring(start, index);
    boolean isClosed = index < text.length() && text.charAt(index) == ']';
    kind = isClosed && value.length() < 10 ? Kind.INDEX : Kind.END;
    if (kind == Kind.END) {
      fault = "non-integer value: " + text.substring(start);
    }
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
