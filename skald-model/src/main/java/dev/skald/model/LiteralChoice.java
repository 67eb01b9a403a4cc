package dev.skald.model;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Regular expressions that are nothing but a choice between literals: {@code web-1|web-2|db\.main}. Dashboards send them
 * with thousands of values; a set answers them at once, where a compiled expression would be refused as too large.
 */
public final class LiteralChoice {
  private static final String META = ".^$*+?()[]{}";

  private LiteralChoice() {}

  /** The values that the whole expression matches; empty if it is more than a choice. */
  public static Optional<Set<String>> of(String expression) {
    Set<String> values = new HashSet<>();
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '|') {
        values.add(value.toString());
        value.setLength(0);
      } else if (c == '\\') {
        i++;
        if (i == expression.length() || !isPunctuation(expression.charAt(i))) {
          return Optional.empty();
        }
        value.append(expression.charAt(i));
      } else if (META.indexOf(c) >= 0 || Character.isSurrogate(c)) {
        return Optional.empty();
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return Optional.of(values);
  }

  /** What RE2 lets a backslash stand before, to mean itself. */
  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7f && c != '_' && !Character.isLetterOrDigit(c);
  }
}
