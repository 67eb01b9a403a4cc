package dev.skald.grep;

import java.util.List;

/**
 * An RE2 expression as far as the question "does it match" needs it: groups capture nothing and no repetition is greedy
 * or lazy, because neither changes the answer.
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

  record Concat(List<RegexNode> parts) implements RegexNode {
    public Concat {
      parts = List.copyOf(parts);
    }
  }

  record Alternate(List<RegexNode> branches) implements RegexNode {
    public Alternate {
      branches = List.copyOf(branches);
    }
  }

  /** {@code max} -1: no upper bound. */
  record Repeat(RegexNode inner, int min, int max) implements RegexNode {}

  /** What an assertion asks. */
  enum Place {
    TEXT_START,
    TEXT_END,
    LINE_START,
    LINE_END,
    WORD_BOUNDARY
  }
}
