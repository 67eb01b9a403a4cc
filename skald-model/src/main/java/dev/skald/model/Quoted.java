package dev.skald.model;

/** Text in double quotes, escaped as Go's {@code strconv.Quote} escapes it, the form in which LogQL prints strings. */
public final class Quoted {
  private Quoted() {}

  public static String of(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2);
    append(quoted, text);
    return quoted.toString();
  }

  public static void append(StringBuilder out, String text) {
    out.append('"');
    text.codePoints().forEach(c -> appendEscaped(out, c));
    out.append('"');
  }

  private static void appendEscaped(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          out.append(String.format("\\x%02x", c));
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c));
        }
      }
    }
  }

  /** Go's {@code unicode.IsPrint}: no blank but a space, nothing that cannot be seen, no code point that is none. */
  public static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
