package dev.skald.logql.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Go's floating-point literals: decimal and hexadecimal, underscores between digits. Java's reader
 * takes nearly the same, and more (blanks, {@code 1d}); so the syntax is checked here before a text
 * goes there.
 */
final class GoFloatSyntax {
  private final String text;
  private int at;

  private GoFloatSyntax(String text) {
    this.text = text;
  }

  /** The same number as {@link Double#parseDouble} reads it; null if Go does not read it. */
  static @Nullable String toJava(String text) {
    return new GoFloatSyntax(text).isValid() ? text.replace("_", "") : null;
  }

  private boolean isValid() {
    accept("+-");
    boolean isHex = text.regionMatches(true, at, "0x", 0, 2);
    at += isHex ? 2 : 0;
    int digits = digits(isHex, isHex);
    if (accept(".")) {
      digits += digits(isHex, false);
    }
    if (digits <= 0) {
      return false;
    }
    if (accept(isHex ? "pP" : "eE")) {
      accept("+-");
      if (digits(false, false) <= 0) {
        return false;
      }
    } else if (isHex) {
      return false;
    }
    return at == text.length();
  }

  private boolean accept(String characters) {
    if (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  /**
   * Skips digits; an underscore must stand between two of them, or behind the hexadecimal prefix.
   *
   * @return how many; far below zero for a misplaced underscore
   */
  private int digits(boolean isHex, boolean isAfterPrefix) {
    int count = 0;
    boolean mayBeUnderscore = isAfterPrefix;
    boolean wasUnderscore = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '_') {
        if (!mayBeUnderscore) {
          return Integer.MIN_VALUE / 2;
        }
        wasUnderscore = true;
        mayBeUnderscore = false;
      } else if (c < 0x80 && Character.digit(c, isHex ? 16 : 10) >= 0) {
        count++;
        wasUnderscore = false;
        mayBeUnderscore = true;
      } else {
        break;
      }
      at++;
    }
    return wasUnderscore ? Integer.MIN_VALUE / 2 : count;
  }
}
