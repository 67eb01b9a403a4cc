package dev.skald.logql.template;

import java.math.BigInteger;

/**
 * A constant of a template. Like Go's ideal constants it may be several things at once: {@code 1.0}
 * is an integer and a float, {@code 'a'} is both and unsigned too; which one it becomes is for its
 * place to say.
 *
 * @param text as written
 * @param isUnsigned fits an unsigned integer of 64 bits
 */
record GoNumberLiteral(
    String text,
    boolean isInteger,
    long integer,
    boolean isUnsigned,
    boolean isFloat,
    double real) {

  /** @throws TemplateFailure if it is no number, or one that no type can hold */
  static GoNumberLiteral parse(String text) {
    if (text.endsWith("i")) {
      throw new TemplateFailure("imaginary number " + GoQuote.quote(text) + " is not supported");
    }
    BigInteger unsigned = GoNumberText.unsignedOrNull(text);
    Long integer = GoNumberText.integerOrNull(text);
    if (integer != null) {
      boolean alsoUnsigned = unsigned != null || integer == 0;
      return new GoNumberLiteral(text, true, integer, alsoUnsigned, true, integer.doubleValue());
    }
    if (unsigned != null) {
      return new GoNumberLiteral(text, false, 0, true, true, unsigned.doubleValue());
    }
    Double real = GoNumberText.floatOrNull(text);
    if (real == null) {
      throw new TemplateFailure("illegal number syntax: " + GoQuote.quote(text));
    }
    if (!looksLikeFloat(text)) {
      throw new TemplateFailure("integer overflow: " + GoQuote.quote(text));
    }
    boolean whole = real == Math.rint(real) && Math.abs(real) < 0x1p63;
    return new GoNumberLiteral(text, whole, whole ? real.longValue() : 0, false, true, real);
  }

  static GoNumberLiteral ofCharacter(String text, int codePoint) {
    return new GoNumberLiteral(text, true, codePoint, true, true, codePoint);
  }

  /** Whether it is a float where any type will do. */
  boolean prefersFloat() {
    return isFloat && !isHexadecimalInteger() && !text.startsWith("'") && looksLikeFloat(text);
  }

  private boolean isHexadecimalInteger() {
    boolean prefixed = text.length() > 2 && text.charAt(0) == '0' && (text.charAt(1) | 32) == 'x';
    return prefixed && text.indexOf('p') < 0 && text.indexOf('P') < 0;
  }

  private static boolean looksLikeFloat(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (".eEpP".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
