package dev.skald.logql.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Finds where a number ends, as Go's {@code text/scanner} does: integers and floats, decimal,
 * hexadecimal, octal and binary, underscores between digits. Whether the text converts to a value
 * is {@link NumberText}'s business.
 */
final class NumberScan {
  private final String text;
  private int index;
  private boolean sawDigit;
  private boolean sawUnderscore;
  private char invalidDigit;
  private @Nullable String fault;

  private NumberScan(String text, int start) {
    this.text = text;
    this.index = start;
  }

  /**
   * @param end where the number ends
   * @param fault the first thing wrong with it
   */
  record Found(int end, @Nullable String fault) {}

  /** The number at {@code start}, which is a digit, or a dot before a digit. */
  static Found at(String text, int start) {
    NumberScan scan = new NumberScan(text, start);
    scan.run(start);
    return new Found(scan.index, scan.fault);
  }

  private void run(int start) {
    char prefix = scanPrefix();
    int base = baseOf(prefix);
    boolean isFloat = false;
    scanDigits(base);
    if (peek() == '.') {
      index++;
      isFloat = true;
      if (prefix == 'o' || prefix == 'b') {
        fail("invalid radix point in " + nameOf(prefix));
      }
      scanDigits(base);
    }
    if (!sawDigit) {
      fail(nameOf(prefix) + " has no digits");
    }
    char exponent = lower(peek());
    if (exponent == 'e' || exponent == 'p') {
      isFloat = true;
      scanExponent(exponent, prefix);
    } else if (prefix == 'x' && isFloat) {
      fail("hexadecimal mantissa requires a 'p' exponent");
    }
    if (!isFloat && invalidDigit != 0) {
      fail("invalid digit '" + invalidDigit + "' in " + nameOf(prefix));
    }
    if (sawUnderscore && hasMisplacedUnderscore(text.substring(start, index))) {
      fail("'_' must separate successive digits");
    }
  }

  /** 0 for a decimal number, '0' for a leading zero, else x, o or b. */
  private char scanPrefix() {
    if (peek() != '0') {
      return 0;
    }
    index++;
    char letter = lower(peek());
    if (letter == 'x' || letter == 'o' || letter == 'b') {
      index++;
      return letter;
    }
    sawDigit = true;
    return '0';
  }

  private void scanExponent(char exponent, char prefix) {
    if (exponent == 'e' && prefix != 0 && prefix != '0') {
      fail("'" + peek() + "' exponent requires decimal mantissa");
    }
    if (exponent == 'p' && prefix != 'x') {
      fail("'" + peek() + "' exponent requires hexadecimal mantissa");
    }
    index++;
    if (peek() == '+' || peek() == '-') {
      index++;
    }
    sawDigit = false;
    scanDigits(10);
    if (!sawDigit) {
      fail("exponent has no digits");
    }
  }

  private void scanDigits(int base) {
    while (true) {
      char c = peek();
      if (c == '_') {
        sawUnderscore = true;
      } else if (Character.digit(c, base == 16 ? 16 : 10) >= 0 && c < 0x80) {
        sawDigit = true;
        if (base < 10 && c >= '0' + base && invalidDigit == 0) {
          invalidDigit = c;
        }
      } else {
        return;
      }
      index++;
    }
  }

  private static boolean hasMisplacedUnderscore(String number) {
    char previous = '.';
    int i = 0;
    if (number.length() >= 2 && number.charAt(0) == '0' && isPrefix(lower(number.charAt(1)))) {
      previous = '0';
      i = 2;
    }
    for (; i < number.length(); i++) {
      char c = number.charAt(i);
      char kind = Character.digit(c, 16) >= 0 ? '0' : c == '_' ? '_' : '.';
      if (kind == '_' ? previous != '0' : kind == '.' && previous == '_') {
        return true;
      }
      previous = kind;
    }
    return previous == '_';
  }

  private char peek() {
    return index < text.length() ? text.charAt(index) : 0;
  }

  private void fail(String message) {
    if (fault == null) {
      fault = message;
    }
  }

  private static boolean isPrefix(char c) {
    return c == 'x' || c == 'o' || c == 'b';
  }

  private static char lower(char c) {
    return (char) (c | 0x20);
  }

  private static int baseOf(char prefix) {
    return switch (prefix) {
      case 'x' -> 16;
      case 'o', '0' -> 8;
      case 'b' -> 2;
      default -> 10;
    };
  }

  private static String nameOf(char prefix) {
    return switch (prefix) {
      case 'x' -> "hexadecimal literal";
      case 'o', '0' -> "octal literal";
      case 'b' -> "binary literal";
      default -> "decimal literal";
    };
  }
}
