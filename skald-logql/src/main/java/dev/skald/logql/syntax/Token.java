package dev.skald.logql.syntax;

import java.util.Locale;

/**
 * One word of a query.
 *
 * @param value an identifier's, number's or function's text as written, a string's content, a
 * fault's message; empty for kinds that can be written in one way only
 * @param number a DURATION's or RANGE's nanoseconds, BYTES' (unsigned) bytes; 0 for other kinds
 * @param position where it starts
 * @param span UTF-16 indices
 */
record Token(TokenKind kind, String value, long number, Position position, Span span) {
  /**
   * Line and column as error messages print them: from 1, columns in characters. The line is 0 for
   * the tokens that spec logql.md 13 lists; both are 0 where there is no position at all.
   */
  record Position(int line, int column) {
    Position withoutLine() {
      return new Position(0, column);
    }

    /** {@code parse error at line 1, col 5: message}. */
    LogqlSyntaxException error(String message) {
      if (line == 0 && column == 0) {
        return new LogqlSyntaxException("parse error : " + message);
      }
      return new LogqlSyntaxException(
          "parse error at line " + line + ", col " + column + ": " + message);
    }
  }

  /** How error messages write it. */
  String spelling() {
    return switch (kind) {
      case RANGE_FUNCTION, VECTOR_OPERATOR -> value.toUpperCase(Locale.ROOT);
      case CONVERSION -> value.toUpperCase(Locale.ROOT) + "_CONV";
      default -> kind.spelling();
    };
  }
}
