package dev.skald.config;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables into a file's text: the forms of {@code ${…}} that Loki's {@code -config.expand-env}
 * takes (docs/config.md). {@code $NAME} without braces stays; {@code $${…}} is a literal <code>${…}</code>. As there,
 * {@code \\} becomes {@code \} and {@code \/} becomes {@code /} everywhere in the text.
 */
public final class EnvironmentExpansion {
  /** Defaults inside defaults, no deeper than this. */
  private static final int DEPTH_MAX = 20;

  private final Function<String, @Nullable String> environment;

  /**
   * @param environment a variable's value, or null if it is not set; {@code System::getenv}
   */
  public EnvironmentExpansion(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * The text with every form replaced.
   *
   * @param source the file's name for messages
   * @throws SkaldException of kind BAD_REQUEST if a <code>${</code> is not closed
   */
  public String expand(String source, String text) {
    return expand(source, text, 0);
  }

  private String expand(String source, String text, int depth) {
    if (depth > DEPTH_MAX) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, source + ": variables nested deeper than " + DEPTH_MAX);
    }
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
      if (c == '\\' && (next == '\\' || next == '/')) {
        out.append(next);
        at += 2;
      } else if (c == '$' && text.startsWith("${", at + 1)) {
        int end = closing(source, text, at + 3);
        out.append(text, at + 1, end + 1);
        at = end + 1;
      } else if (c == '$' && next == '{') {
        int end = closing(source, text, at + 2);
        out.append(value(source, text.substring(at + 2, end), depth));
        at = end + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static int closing(String source, String text, int from) {
    int open = 1;
    for (int at = from; at < text.length(); at++) {
      if (text.startsWith("${", at)) {
        open++;
      } else if (text.charAt(at) == '}' && --open == 0) {
        return at;
      }
    }
    int line = 1 + (int) text.substring(0, from).chars().filter(c -> c == '\n').count();
    throw SkaldException.of(ErrorKind.BAD_REQUEST, new Origin(source, line) + ": ${ without }");
  }

  private String value(String source, String form, int depth) {
    if (form.startsWith("#")) {
      String text = variable(form.substring(1));
      return Integer.toString(text.codePointCount(0, text.length()));
    }
    int nameEnd = 0;
    while (nameEnd < form.length() && isNamePart(form.charAt(nameEnd))) {
      nameEnd++;
    }
    String value = variable(form.substring(0, nameEnd));
    String operation = form.substring(nameEnd);
    for (String mark : new String[] {":-", ":=", "="}) {
      if (operation.startsWith(mark)) {
        String otherwise = operation.substring(mark.length());
        return value.isEmpty() ? expand(source, otherwise, depth + 1) : value;
      }
    }
    return edited(value, operation);
  }

  private static String edited(String value, String operation) {
    if (operation.equals(",,")) {
      return value.toLowerCase(Locale.ROOT);
    } else if (operation.equals("^^")) {
      return value.toUpperCase(Locale.ROOT);
    } else if (operation.equals(",") && !value.isEmpty()) {
      return value.substring(0, 1).toLowerCase(Locale.ROOT) + value.substring(1);
    } else if (operation.equals("^") && !value.isEmpty()) {
      return value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
    } else if (operation.startsWith("##")) {
      return withoutPrefix(value, operation.substring(2), Reach.LONGEST);
    } else if (operation.startsWith("#")) {
      return withoutPrefix(value, operation.substring(1), Reach.SHORTEST);
    } else if (operation.startsWith("%%")) {
      return withoutSuffix(value, operation.substring(2), Reach.LONGEST);
    } else if (operation.startsWith("%")) {
      return withoutSuffix(value, operation.substring(1), Reach.SHORTEST);
    } else if (operation.startsWith("/")) {
      return replaced(value, operation.substring(1));
    } else if (operation.startsWith(":")) {
      return part(value, operation.substring(1));
    }
    return value; // What is no form of the table is the plain value, as in Loki.
  }

  private enum Reach {
    SHORTEST,
    LONGEST
  }

  private static String withoutPrefix(String value, String glob, Reach reach) {
    for (int i = 0; i <= value.length(); i++) {
      int length = reach == Reach.SHORTEST ? i : value.length() - i;
      if (matches(glob, value.substring(0, length))) {
        return value.substring(length);
      }
    }
    return value;
  }

  private static String withoutSuffix(String value, String glob, Reach reach) {
    for (int i = 0; i <= value.length(); i++) {
      int length = reach == Reach.SHORTEST ? i : value.length() - i;
      if (matches(glob, value.substring(value.length() - length))) {
        return value.substring(0, value.length() - length);
      }
    }
    return value;
  }

  /** {@code *} and {@code ?}, the whole text; in time |glob| × |text|. */
  private static boolean matches(String glob, String text) {
    boolean[] row = new boolean[text.length() + 1];
    row[0] = true;
    for (int g = 0; g < glob.length(); g++) {
      char c = glob.charAt(g);
      boolean diagonal = row[0];
      row[0] = row[0] && c == '*';
      for (int t = 1; t <= text.length(); t++) {
        boolean above = row[t];
        row[t] = c == '*' ? above || row[t - 1] : diagonal && (c == '?' || c == text.charAt(t - 1));
        diagonal = above;
      }
    }
    return row[text.length()];
  }

  private static String replaced(String value, String arguments) {
    char mode = arguments.isEmpty() ? ' ' : arguments.charAt(0);
    String rest = mode == '/' || mode == '#' || mode == '%' ? arguments.substring(1) : arguments;
    int slash = rest.indexOf('/');
    String from = slash < 0 ? rest : rest.substring(0, slash);
    String to = slash < 0 ? "" : rest.substring(slash + 1);
    if (from.isEmpty()) {
      return value;
    }
    if (mode == '/') {
      return value.replace(from, to);
    }
    if (mode == '#') {
      return value.startsWith(from) ? to + value.substring(from.length()) : value;
    }
    int at = mode == '%' ? value.length() - from.length() : value.indexOf(from);
    if (at < 0 || !value.startsWith(from, at)) {
      return value;
    }
    return value.substring(0, at) + to + value.substring(at + from.length());
  }

  /** {@code 2} or {@code 2:4}: from an offset, with a length; anything else is the whole value. */
  private static String part(String value, String arguments) {
    int colon = arguments.indexOf(':');
    try {
      int offset = Integer.parseInt(colon < 0 ? arguments : arguments.substring(0, colon));
      int length = colon < 0 ? value.length() : Integer.parseInt(arguments.substring(colon + 1));
      int from = Math.clamp(offset, 0, value.length());
      return value.substring(from, Math.clamp((long) from + length, from, value.length()));
    } catch (NumberFormatException _) {
      return value;
    }
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private String variable(String name) {
    String value = environment.apply(name);
    return value == null ? "" : value;
  }
}
