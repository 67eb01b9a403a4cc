package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.LiteralFinder;
import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.LinePattern;
import dev.skald.logql.syntax.PatternNode;
import java.util.List;

/**
 * The pattern of {@code |> "a <_> b"} (spec logql.md 6.1.2): literals in order, at least one byte
 * for each wildcard. A literal at the start may stand anywhere in the line; one at the end must end
 * it.
 *
 * @param wildcardFirst whether a wildcard stands before the first literal
 * @param wildcardLast whether one stands behind the last
 */
record LinePatternFilter(
    List<LiteralFinder> literals, boolean isEmpty, boolean wildcardFirst, boolean wildcardLast)
    implements LineTest {

  /**
   * @throws SkaldException BAD_REQUEST if the pattern breaks a rule
   */
  static LinePatternFilter compile(String pattern) {
    List<PatternNode> nodes;
    try {
      nodes = LinePattern.parse(pattern).nodes();
    } catch (ExpressionException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, e.getMessage(), e);
    }
    List<LiteralFinder> literals =
        nodes.stream()
            .filter(PatternNode.Literal.class::isInstance)
            .map(n -> new LiteralFinder(ByteSlice.utf8(((PatternNode.Literal) n).text())))
            .toList();
    boolean isEmpty = nodes.isEmpty();
    return new LinePatternFilter(
        literals,
        isEmpty,
        !isEmpty && nodes.getFirst() instanceof PatternNode.Capture,
        !isEmpty && nodes.getLast() instanceof PatternNode.Capture);
  }

  @Override
  public boolean matches(byte[] bytes, int start, int end) {
    if (isEmpty || start == end) {
      return isEmpty && start == end;
    }
    int at = start;
    boolean needsGap = wildcardFirst;
    for (LiteralFinder literal : literals) {
      int hit = literal.find(bytes, at, end);
      if (hit < 0 || (needsGap && hit == at)) {
        return false;
      }
      at = hit + literal.needleBytes();
      needsGap = true;
    }
    return wildcardLast ? at < end : at == end;
  }
}
