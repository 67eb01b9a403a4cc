package dev.skald.logql.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * What Loki makes of a regular expression in a label filter (spec logql.md 6.9): alternatives that
 * are a literal with {@code .*} before or behind it are searched for anywhere, {@code foo.*} finds
 * {@code xfoo} too.
 */
final class LokiRegex {
  private static final String ANY = ".*";
  private static final String ANYWHERE = "(?s:.*)";
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  private LokiRegex() {}

  /** An expression that, anchored to the whole value, matches what Loki's does. */
  static String read(String expression) {
    List<String> alternatives = alternatives(expression);
    StringBuilder read = new StringBuilder();
    for (String alternative : alternatives) {
      boolean isOpenBefore = alternative.startsWith(ANY);
      String rest = isOpenBefore ? alternative.substring(ANY.length()) : alternative;
      boolean isOpenBehind = rest.endsWith(ANY);
      String literal = isOpenBehind ? rest.substring(0, rest.length() - ANY.length()) : rest;
      if (!isLiteral(literal)) {
        return expression;
      }
      boolean isSearched = isOpenBefore || isOpenBehind;
      read.append(read.isEmpty() ? "" : "|");
      read.append(isSearched ? ANYWHERE + literal + ANYWHERE : literal);
    }
    return alternatives.stream().anyMatch(one -> one.contains(ANY)) ? read.toString() : expression;
  }

  private static List<String> alternatives(String expression) {
    List<String> found = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '|') {
        found.add(expression.substring(from, i));
        from = i + 1;
      }
    }
    found.add(expression.substring(from));
    return found;
  }

  /** Whether a text stands for itself, or for what its escaped punctuation says. */
  private static boolean isLiteral(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        if (i == text.length() || SPECIAL.indexOf(text.charAt(i)) < 0) {
          return false;
        }
      } else if (SPECIAL.indexOf(c) >= 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
