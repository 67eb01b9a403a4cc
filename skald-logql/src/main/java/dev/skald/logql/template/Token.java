package dev.skald.logql.template;

/**
 * A word of a template.
 *
 * @param offset where it starts, in UTF-16 units
 * @param text as written; for {@link Kind#ERROR} the message
 * @param line on which it starts, from 1
 */
record Token(Kind kind, int offset, String text, int line) {
  enum Kind {
    ERROR,
    END_OF_TEXT,
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    LEFT_PAREN,
    RIGHT_PAREN,
    PIPE,
    ASSIGN,
    DECLARE,
    BOOL,
    CHARACTER_CONSTANT,
    COMPLEX,
    NUMBER,
    STRING,
    RAW_STRING,
    IDENTIFIER,
    FIELD,
    VARIABLE,
    /** Printable ASCII that is nothing else: a comma, a brace. */
    OTHER,
    DOT,
    NIL,
    // Keywords from here on.
    BLOCK,
    BREAK,
    CONTINUE,
    DEFINE,
    ELSE,
    END,
    IF,
    RANGE,
    TEMPLATE,
    WITH;

    boolean isKeyword() {
      return compareTo(DOT) >= 0;
    }

    /** Null for a word that is no keyword. */
    static @org.jspecify.annotations.Nullable Kind ofWord(String word) {
      return switch (word) {
        case "nil" -> NIL;
        case "block" -> BLOCK;
        case "break" -> BREAK;
        case "continue" -> CONTINUE;
        case "define" -> DEFINE;
        case "else" -> ELSE;
        case "end" -> END;
        case "if" -> IF;
        case "range" -> RANGE;
        case "template" -> TEMPLATE;
        case "with" -> WITH;
        case "true", "false" -> BOOL;
        default -> null;
      };
    }
  }

  /** As Go shows a token in a message: long ones cut after ten characters. */
  String shown() {
    if (kind == Kind.END_OF_TEXT) {
      return "EOF";
    }
    if (kind == Kind.ERROR) {
      return text;
    }
    if (kind.isKeyword()) {
      return "<" + text + ">";
    }
    if (GoStrings.byteLength(text) > 10) {
      int characters = Math.min(10, text.codePointCount(0, text.length()));
      return GoQuote.quote(text.substring(0, text.offsetByCodePoints(0, characters))) + "...";
    }
    return GoQuote.quote(text);
  }
}
