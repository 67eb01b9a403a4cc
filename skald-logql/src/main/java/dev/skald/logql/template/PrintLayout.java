package dev.skald.logql.template;

import dev.skald.model.Quoted;
import java.math.BigInteger;
import java.util.Locale;

/** Writes one basic value with width, precision and flags, as Go's fmt lays it out. */
final class PrintLayout {
  private final TemplateOutput out;
  private final PrintFlags flags;

  PrintLayout(TemplateOutput out, PrintFlags flags) {
    this.out = out;
    this.flags = flags;
  }

  /** Width counts characters. */
  void pad(String text) {
    pad(text, flags.zero && !flags.minus);
  }

  private void pad(String text, boolean zeros) {
    int missing = flags.hasWidth() ? flags.width - text.codePointCount(0, text.length()) : 0;
    if (missing > 0 && !flags.minus) {
      out.appendRepeated(zeros ? "0" : " ", missing);
    }
    out.append(text);
    if (missing > 0 && flags.minus) {
      out.appendRepeated(" ", missing);
    }
  }

  void string(String text) {
    pad(truncated(text));
  }

  void quoted(String text) {
    String cut = truncated(text);
    if (flags.sharp && GoQuote.canBackquote(cut)) {
      pad("`" + cut + "`");
    } else {
      pad(flags.plus ? GoQuote.quoteAscii(cut) : GoQuote.quote(cut));
    }
  }

  private String truncated(String text) {
    if (!flags.hasPrecision() || text.codePointCount(0, text.length()) <= flags.precision) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, flags.precision));
  }

  /** The bytes in hexadecimal. */
  void hexString(String text, boolean upper) {
    byte[] bytes = GoStrings.encode(text);
    int count = flags.hasPrecision() ? Math.min(flags.precision, bytes.length) : bytes.length;
    TemplateOutput hex = new TemplateOutput(out.bytesMax());
    String prefix = flags.sharp ? (upper ? "0X" : "0x") : "";
    for (int i = 0; i < count; i++) {
      if (flags.space && i > 0) {
        hex.append(' ');
      }
      hex.append(flags.space || i == 0 ? prefix : "");
      hex.append(String.format(Locale.ROOT, upper ? "%02X" : "%02x", bytes[i]));
    }
    pad(hex.rawText());
  }

  void truth(boolean value) {
    pad(Boolean.toString(value));
  }

  /** A character by its number. */
  void character(long point) {
    pad(Character.toString(isCharacter(point) ? (int) point : 0xFFFD));
  }

  void quotedCharacter(long point) {
    pad(GoQuote.quoteRune(isCharacter(point) ? (int) point : 0xFFFD, flags.plus));
  }

  private static boolean isCharacter(long point) {
    return point >= 0
        && point <= Character.MAX_CODE_POINT
        && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  /** {@code U+0078}, with {@code #} also the character. */
  void unicode(long value) {
    int digitsMin = flags.hasPrecision() ? Math.max(4, flags.precision) : 4;
    String digits = Long.toHexString(value).toUpperCase(Locale.ROOT);
    TemplateOutput text = new TemplateOutput(out.bytesMax());
    text.append("U+");
    text.appendRepeated("0", (long) digitsMin - digits.length());
    text.append(digits);
    if (flags.sharp && isCharacter(value) && Quoted.isPrintable((int) value)) {
      text.append(" '" + Character.toString((int) value) + "'");
    }
    pad(text.rawText(), false);
  }

  /** @param verb d, b, o, O, x, X or v */
  void integer(long value, int verb) {
    int radix =
        verb == 'b' ? 2 : verb == 'o' || verb == 'O' ? 8 : verb == 'x' || verb == 'X' ? 16 : 10;
    boolean negative = value < 0;
    String digits = BigInteger.valueOf(value).abs().toString(radix);
    digits = verb == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
    if (flags.hasPrecision() && flags.precision == 0 && value == 0) {
      out.appendRepeated(" ", flags.hasWidth() ? flags.width : 0);
      return;
    }
    int digitsMin = 0;
    if (flags.hasPrecision()) {
      digitsMin = flags.precision;
    } else if (flags.zero && !flags.minus && flags.hasWidth()) {
      digitsMin = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
    }
    TemplateOutput text = new TemplateOutput(out.bytesMax());
    text.append(negative ? "-" : flags.plus ? "+" : flags.space ? " " : "");
    text.append(verb == 'O' ? "0o" : "");
    int zeros = Math.max(0, digitsMin - digits.length());
    if (flags.sharp) {
      boolean leadingZero = zeros > 0 || digits.startsWith("0");
      text.append(
          switch (verb) {
            case 'b' -> "0b";
            case 'o', 'O' -> leadingZero ? "" : "0";
            case 'x' -> "0x";
            case 'X' -> "0X";
            default -> "";
          });
    }
    text.appendRepeated("0", zeros);
    text.append(digits);
    pad(text.rawText(), false);
  }

  /**
   * @param verb b, e, E, f, F, g, G, x or X
   * @param precision if no flag says another one
   */
  void real(double value, char verb, int precision) {
    int digits = flags.hasPrecision() ? flags.precision : precision;
    String text =
        switch (verb) {
          case 'b' -> GoBinaryFloats.mantissaAndExponent(value);
          case 'x', 'X' -> GoBinaryFloats.hexadecimal(value, digits, verb == 'X');
          default -> GoNumbers.format(value, verb, digits);
        };
    char sign = text.charAt(0) == '-' || text.charAt(0) == '+' ? text.charAt(0) : '+';
    String number = text.charAt(0) == sign ? text.substring(1) : text;
    if (flags.space && sign == '+' && !flags.plus) {
      sign = ' ';
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      boolean bare = sign == '+' && !flags.plus && (Double.isNaN(value) || !text.startsWith("+"));
      pad(bare ? number : sign + number, false);
      return;
    }
    if (flags.sharp && verb != 'b') {
      number = withPoint(number, verb, digits);
    }
    if (!flags.plus && sign == '+') {
      pad(number);
    } else if (flags.zero && !flags.minus && flags.hasWidth()) {
      out.append(sign);
      out.appendRepeated("0", (long) flags.width - 1 - number.length());
      out.append(number);
    } else {
      pad(sign + number);
    }
  }

  /**
   * The sharp flag: always a decimal point, and in the general form the zeros up to the precision.
   */
  private static String withPoint(String number, char verb, int precision) {
    int exponentAt = number.length();
    for (int i = 0; i < number.length(); i++) {
      char c = Character.toLowerCase(number.charAt(i));
      if (c == 'p' || (c == 'e' && verb != 'x' && verb != 'X')) {
        exponentAt = i;
        break;
      }
    }
    String mantissa = number.substring(0, exponentAt);
    boolean general = verb == 'g' || verb == 'G' || verb == 'x';
    int wanted = !general ? 0 : precision == GoNumbers.SHORTEST ? 6 : precision;
    boolean hasPoint = mantissa.indexOf('.') >= 0;
    boolean significant = false;
    for (int i = 0; i < mantissa.length(); i++) {
      char c = mantissa.charAt(i);
      significant |= c != '.' && c != '0';
      wanted -= significant && c != '.' ? 1 : 0;
    }
    wanted -= !hasPoint && mantissa.equals("0") ? 1 : 0;
    return mantissa
        + (hasPoint ? "" : ".")
        + "0".repeat(Math.max(0, wanted))
        + number.substring(exponentAt);
  }
}
