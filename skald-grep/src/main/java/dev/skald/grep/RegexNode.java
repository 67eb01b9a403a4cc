package dev.skald.grep;

import java.util.List;

/**
 * An RE2 expression. Whether it matches does not depend on groups and on which repetitions are
 * lazy; what its groups hold does.
 */
sealed interface RegexNode {
  /** Matches the empty text. */
  record Empty() implements RegexNode {}

  /** One character of the set. */
  record Chars(CharSet set) implements RegexNode {}

  /** One character as written; {@code folded}: in either case. */
  record Literal(int codePoint, boolean folded) implements RegexNode {}

  /** A place between characters. */
  record Assertion(Place place) implements RegexNode {}

  /** A group that captures; the first has number 1. */
  record Group(int number, RegexNode inner) implements RegexNode {}

  record Concat(List<RegexNode> parts) implements RegexNode {
    public Concat {
      parts = List.copyOf(parts);
    }
  }

  /** Branches in order of preference. */
  record Alternate(List<RegexNode> branches) implements RegexNode {
    public Alternate {
      branches = List.copyOf(branches);
    }
  }

  /** {@code max} -1: no upper bound. {@code lazy}: the fewer the better. */
  record Repeat(RegexNode inner, int min, int max, boolean lazy) implements RegexNode {}

  /** What an assertion asks. */
  enum Place {
    TEXT_START,
    TEXT_END,
    LINE_START,
    LINE_END,
    WORD_BOUNDARY
  }
}
