package dev.skald.logql.engine;

/**
 * A label's value in an order: numbers first, by size, then texts, by code point, and at the end
 * entries without the label. (A number against a text by code point, as one might expect, would be
 * no order: 9 &lt; 10, 10 &lt; 1a, 1a &lt; 9.)
 *
 * @param number NaN if the value is none
 * @param text empty if there is no value
 */
record SortValue(double number, String text) {
  static final SortValue MISSING = new SortValue(Double.NaN, "");

  /** A value without a label. */
  static SortValue of(double number) {
    return Double.isNaN(number) ? MISSING : new SortValue(number, "");
  }

  private boolean isNumber() {
    return !Double.isNaN(number);
  }

  boolean isMissing() {
    return !isNumber() && text.isEmpty();
  }

  /** Ascending, of two values that are not missing. */
  int compareTo(SortValue other) {
    if (isNumber() && other.isNumber()) {
      // 0 and -0 are one number
      return number == other.number ? 0 : Double.compare(number, other.number);
    }
    if (isNumber() != other.isNumber()) {
      return isNumber() ? -1 : 1;
    }
    return byCodePoint(text, other.text);
  }

  private static int byCodePoint(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothSurrogates = Character.isSurrogate(x) && Character.isSurrogate(y);
        boolean differs = Character.isSurrogate(x) != Character.isSurrogate(y);
        // surrogates stand for code points beyond all that a char can be
        return differs && !bothSurrogates
            ? Character.isSurrogate(x) ? 1 : -1
            : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
