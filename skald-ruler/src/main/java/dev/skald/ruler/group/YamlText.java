package dev.skald.ruler.group;

import dev.skald.model.Quoted;
import java.util.Locale;

/**
 * A text as a YAML scalar that reads back as the same text, for readers of YAML 1.1 and 1.2 alike:
 * plain where nothing could take it for something else, else in quotes, and of several lines as a
 * block (YAML 1.2.2, chapters 7 and 8).
 */
public final class YamlText {
  /** What a plain scalar must not begin with; signs that may begin a number stand with them. */
  private static final String SPECIAL_FIRST = "-?:,[]{}#&*!|>'\"%@`~<=+.";

  private YamlText() {}

  /** On one line. */
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    boolean isReserved = looksLikeOther(text);
    return isPrintable(text) && !isReserved ? "'" + text.replace("'", "''") + "'" : quoted(text);
  }

  /**
   * On one line, or as a block of several that ends without a line feed.
   *
   * @param column where the lines of a block begin; beyond the key's
   */
  static String ofLines(String text, int column) {
    return isBlock(text) ? block(text, column) : of(text);
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty()
        && isPrintable(text)
        && SPECIAL_FIRST.indexOf(text.charAt(0)) < 0
        && text.charAt(0) != ' '
        && !text.endsWith(" ")
        && !text.endsWith(":")
        && !text.contains(": ")
        && !text.contains(" #")
        && !looksLikeOther(text);
  }

  /** Numbers and times begin with a digit; of the words YAML 1.1 has the most. */
  private static boolean looksLikeOther(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char first = text.charAt(0);
    return (first >= '0' && first <= '9')
        || switch (text.toLowerCase(Locale.ROOT)) {
          case "null", "true", "false", "yes", "no", "on", "off", "y", "n" -> true;
          default -> false;
        };
  }

  private static boolean isPrintable(String text) {
    return text.codePoints().allMatch(YamlText::isPrintable);
  }

  /** Without what ends lines, and without what editors do not show; with blanks of all kinds. */
  private static boolean isPrintable(int c) {
    return Quoted.isPrintable(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  /** Whether every line stands for itself: none is indented at the start, none is blank but not empty. */
  private static boolean isBlock(String text) {
    if (text.indexOf('\n') < 0 || text.startsWith(" ") || text.startsWith("\n")) {
      return false;
    }
    return text.lines().allMatch(line -> isPrintable(line) && (line.isEmpty() || !line.isBlank()))
        && text.indexOf('\r') < 0;
  }

  private static String block(String text, int column) {
    int end = text.length();
    while (text.charAt(end - 1) == '\n') {
      end--;
    }
    int endings = text.length() - end;
    StringBuilder out = new StringBuilder(text.length() + column * 4);
    out.append(endings == 0 ? "|-" : endings == 1 ? "|" : "|+");
    for (String line : text.substring(0, end).split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        out.repeat(' ', column).append(line);
      }
    }
    return out.repeat('\n', Math.max(endings - 1, 0)).toString();
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> out.append('\\').appendCodePoint(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (isPrintable(c)) {
                    out.appendCodePoint(c);
                  } else {
                    String form = c < 0x10000 ? "\\u%04x" : "\\U%08x";
                    out.append(String.format(Locale.ROOT, form, c));
                  }
                }
              }
            });
    return out.append('"').toString();
  }
}
