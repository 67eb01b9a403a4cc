package dev.skald.grep;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression becomes when it is compiled, guessed from its text. RE2/J unrolls
 * repetitions, so that {@code ((a{100}){100}){100}} has a million steps, and its parser descends
 * once for each parenthesis.
 */
public final class RegexSize {
  private final String regex;
  private final Deque<Group> groups = new ArrayDeque<>();
  private Group group = new Group();
  private int position;

  /** Weights are counted in steps, and as doubles they do not overflow. */
  private static final class Group {
    double steps;
    double lastAtom;
  }

  private RegexSize(String regex) {
    this.regex = regex;
  }

  /** Steps of a compiled expression; each costs memory, and time for each byte that is read. */
  public static final int STEPS_MAX = 10_000;

  private static final int DEPTH_MAX = 200;

  /**
   * @throws RegexSyntaxException if the expression is too large or nests too deeply
   */
  public static void check(String regex) {
    if (new RegexSize(regex).steps() > STEPS_MAX) {
      throw new RegexSyntaxException(
          "error parsing regexp: expression too large: max=" + STEPS_MAX);
    }
  }

  private double steps() {
    while (position < regex.length()) {
      char c = regex.charAt(position++);
      switch (c) {
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '[' -> {
          characterClass();
          atom(1);
        }
        case '\\' -> {
          position++;
          atom(1);
        }
        default -> atom(1);
      }
    }
    while (!groups.isEmpty()) {
      close();
    }
    return group.steps;
  }

  private void atom(double steps) {
    group.steps += steps;
    group.lastAtom = steps;
  }

  private void open() {
    groups.push(group);
    group = new Group();
    if (groups.size() > DEPTH_MAX) {
      throw new RegexSyntaxException(
          "error parsing regexp: expression nests too deeply: max=" + DEPTH_MAX);
    }
  }

  private void close() {
    if (!groups.isEmpty()) {
      double inner = group.steps + 2;
      group = groups.pop();
      atom(inner);
    }
  }

  /** Behind a brace: a number or two, and the closing brace. Anything else is text. */
  private void repeat() {
    int close = regex.indexOf('}', position);
    String inside = close < 0 || close > position + 9 ? "" : regex.substring(position, close);
    int times = 1;
    for (String number : inside.split(",", -1)) {
      if (!number.isEmpty() && number.length() <= 4 && isNumber(number)) {
        times = Math.max(times, Integer.parseInt(number));
      }
    }
    double more = group.lastAtom * (times - 1);
    group.steps += more;
    group.lastAtom += more;
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void characterClass() {
    if (position < regex.length() && regex.charAt(position) == '^') {
      position++;
    }
    int first = position;
    while (position < regex.length()) {
      char c = regex.charAt(position++);
      if (c == '\\') {
        position++;
      } else if (c == ']' && position - 1 > first) {
        return;
      }
    }
  }
}
