package dev.skald.logql.syntax;

import java.util.ArrayList;
import java.util.List;

/** A piece of a pattern: text, or a capture in angle brackets (spec logql.md 6.1.2 and 6.7). */
public sealed interface PatternNode {
  /** Text that must stand there; not empty. */
  record Literal(String text) implements PatternNode {}

  /** {@code <name>}; {@code <_>} takes text without keeping it. */
  record Capture(String name) implements PatternNode {
    /** Whether what it takes becomes a label. */
    public boolean isNamed() {
      return !name.equals("_");
    }

    @Override
    public String toString() {
      return "<" + name + ">";
    }
  }

  /** The pieces of a pattern; never two literals side by side. What is no capture is text. */
  static List<PatternNode> nodesOf(String pattern) {
    List<PatternNode> nodes = new ArrayList<>();
    int literalStart = 0;
    int open = pattern.indexOf('<');
    while (open >= 0) {
      int nameEnd = nameEnd(pattern, open + 1);
      boolean isCapture =
          nameEnd > open + 1 && nameEnd < pattern.length() && pattern.charAt(nameEnd) == '>';
      if (isCapture) {
        if (open > literalStart) {
          nodes.add(new Literal(pattern.substring(literalStart, open)));
        }
        nodes.add(new Capture(pattern.substring(open + 1, nameEnd)));
        literalStart = nameEnd + 1;
      }
      open = pattern.indexOf('<', isCapture ? literalStart : open + 1);
    }
    if (literalStart < pattern.length()) {
      nodes.add(new Literal(pattern.substring(literalStart)));
    }
    return nodes;
  }

  private static int nameEnd(String pattern, int start) {
    int i = start;
    while (i < pattern.length() && isNamePart(pattern.charAt(i), i > start)) {
      i++;
    }
    return i;
  }

  private static boolean isNamePart(char c, boolean digitAllowed) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (digitAllowed && c >= '0' && c <= '9');
  }

  /**
   * Refuses two captures side by side: nothing says where one ends.
   *
   * @throws ExpressionException {@code found consecutive capture '<a><b>': invalid expression}
   */
  static void refuseAdjacentCaptures(List<PatternNode> nodes) throws ExpressionException {
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i - 1) instanceof Capture first && nodes.get(i) instanceof Capture second) {
        throw new ExpressionException(
            "found consecutive capture '" + first + second + "': invalid expression");
      }
    }
  }
}
