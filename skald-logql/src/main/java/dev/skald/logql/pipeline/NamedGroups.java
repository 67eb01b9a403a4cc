package dev.skald.logql.pipeline;

import java.util.HashMap;
import java.util.Map;

/** The named groups of a regular expression, in both of RE2's spellings. */
final class NamedGroups {
  private NamedGroups() {}

  /** The expression with each {@code (?<name>} written {@code (?P<name>}. */
  static String normalize(String expression) {
    if (!expression.contains("(?<")) {
      return expression;
    }
    StringBuilder out = new StringBuilder(expression.length() + 8);
    boolean inClass = false;
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (c == '\\' && i + 1 < expression.length()) {
        out.append(c).append(expression.charAt(i + 1));
        i += 2;
        continue;
      }
      if (!inClass && expression.startsWith("(?<", i)) {
        out.append("(?P<");
        i += 3;
        continue;
      }
      if (c == '[' && !inClass) {
        inClass = true;
        // A bracket that comes first in a class, perhaps behind a caret, is a character.
        int first = expression.startsWith("^", i + 1) ? i + 2 : i + 1;
        if (expression.startsWith("]", first)) {
          out.append(expression, i, first + 1);
          i = first + 1;
          continue;
        }
      } else if (c == ']') {
        inClass = false;
      }
      out.append(c);
      i++;
    }
    return out.toString();
  }

  static Map<Integer, String> byNumber(Map<String, Integer> groups) {
    Map<Integer, String> names = new HashMap<>();
    groups.forEach((name, group) -> names.put(group, name));
    return names;
  }
}
