package dev.skald.logql.syntax;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pattern of the {@code pattern} stage: at least one named capture, none side by side (spec
 * logql.md 6.7).
 */
public record CapturePattern(List<PatternNode> nodes) {
  public CapturePattern {
    nodes = List.copyOf(nodes);
  }

  /**
   * @throws ExpressionException if the pattern breaks a rule
   */
  public static CapturePattern parse(String pattern) throws ExpressionException {
    if (pattern.isEmpty()) {
      throw new ExpressionException(
          "parse error at line 1, col 1: syntax error: unexpected $end, expecting IDENTIFIER or"
              + " LITERAL");
    }
    List<PatternNode> nodes = PatternNode.nodesOf(pattern);
    Set<String> names = new HashSet<>();
    boolean hasNamed =
        nodes.stream().anyMatch(n -> n instanceof PatternNode.Capture c && c.isNamed());
    if (!hasNamed) {
      throw new ExpressionException("at least one capture is required");
    }
    PatternNode.refuseAdjacentCaptures(nodes);
    for (PatternNode node : nodes) {
      if (node instanceof PatternNode.Capture c && c.isNamed() && !names.add(c.name())) {
        throw new ExpressionException(
            "duplicate capture name (" + c.name() + "): invalid expression");
      }
    }
    return new CapturePattern(nodes);
  }
}
