package dev.skald.logql.syntax;

import java.util.List;

/**
 * The pattern of a {@code |>} line filter: text and {@code <_>}; may be empty (spec logql.md
 * 6.1.2).
 */
public record LinePattern(List<PatternNode> nodes) {
  public LinePattern {
    nodes = List.copyOf(nodes);
  }

  /**
   * @throws ExpressionException if the pattern breaks a rule
   */
  public static LinePattern parse(String pattern) throws ExpressionException {
    List<PatternNode> nodes = PatternNode.nodesOf(pattern);
    for (PatternNode node : nodes) {
      if (node instanceof PatternNode.Capture capture && capture.isNamed()) {
        throw new ExpressionException("named captures are not allowed: found '" + capture + "'");
      }
    }
    PatternNode.refuseAdjacentCaptures(nodes);
    return new LinePattern(nodes);
  }
}
