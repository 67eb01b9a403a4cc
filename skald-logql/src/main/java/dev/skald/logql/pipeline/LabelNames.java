package dev.skald.logql.pipeline;

/** Keys of logs made into label names (spec logql.md 5.1). */
final class LabelNames {
  private LabelNames() {}

  /**
   * The name a key gets: trimmed, {@code _} for what a name may not hold, {@code _} before a
   * leading digit.
   */
  static String sanitize(byte[] key, int start, int end) {
    return sanitize("", key, start, end);
  }

  /**
   * The name of a key inside {@code parent}; a blank key adds nothing.
   *
   * @param parent a sanitised name, or empty
   */
  static String sanitize(String parent, byte[] key, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && spaceAt(key, from, to) > 0) {
      from += spaceAt(key, from, to);
    }
    while (from < to && spaceBefore(key, from, to) > 0) {
      to -= spaceBefore(key, from, to);
    }
    if (from == to) {
      return parent;
    }
    StringBuilder name = new StringBuilder(parent.length() + to - from + 1);
    name.append(parent);
    if (!parent.isEmpty() || isDigit(key[from])) {
      name.append('_');
    }
    int at = from;
    while (at < to) {
      int point = Utf8Text.decode(key, at, to);
      name.append(isNamePart(point) ? (char) point : '_');
      at += Utf8Text.length(key, at, to, point);
    }
    return name.toString();
  }

  /** Whether text is a label name as it is: {@code [A-Za-z_][A-Za-z0-9_]*}. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && !isDigit(text.charAt(0))
        && text.chars().allMatch(LabelNames::isNamePart);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
  }

  /** Bytes of the white space that begins at {@code at}; 0 if there is none. */
  private static int spaceAt(byte[] bytes, int at, int end) {
    int point = Utf8Text.decode(bytes, at, end);
    return isSpace(point) ? Utf8Text.length(bytes, at, end, point) : 0;
  }

  /** Bytes of the white space that ends at {@code end}. */
  private static int spaceBefore(byte[] bytes, int start, int end) {
    int at = end - 1;
    while (at > start && end - at < 4 && (bytes[at] & 0xc0) == 0x80) {
      at--;
    }
    int length = spaceAt(bytes, at, end);
    return length == end - at ? length : 0;
  }

  /** Unicode's White_Space. */
  private static boolean isSpace(int c) {
    return (c >= 0x09 && c <= 0x0d)
        || c == ' '
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }
}
