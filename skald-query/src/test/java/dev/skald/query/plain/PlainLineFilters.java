package dev.skald.query.plain;

import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.LinePattern;
import dev.skald.logql.syntax.PatternNode;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.Stage.LineMatch;
import dev.skald.logql.syntax.Stage.Operand;
import java.util.List;

/** Line filters (spec logql.md 6.1). */
final class PlainLineFilters {
  private PlainLineFilters() {}

  static boolean keeps(Stage.LineFilter filter, String line) {
    boolean isFound =
        meant(filter).stream().anyMatch(operand -> isFound(filter.match(), operand, line));
    return isFound != filter.match().negative();
  }

  /** Empty operands of a positive chain are ignored, unless there is nothing else. */
  private static List<Operand> meant(Stage.LineFilter filter) {
    return switch (filter.match()) {
      case CONTAINS, REGEX -> {
        List<Operand> meant =
            filter.operands().stream().filter(o -> !o.equals(new Operand.Text(""))).toList();
        yield meant.isEmpty() ? filter.operands() : meant;
      }
      case NOT_CONTAINS, NOT_REGEX, PATTERN, NOT_PATTERN -> filter.operands();
    };
  }

  private static boolean isFound(LineMatch match, Operand operand, String line) {
    return switch (operand) {
      // The reference takes an address beside other operands as a text: a quirk not shared.
      case Operand.Ip(String pattern) -> PlainAddresses.isIn(pattern, line);
      case Operand.Text(String text) ->
          switch (match) {
            case CONTAINS, NOT_CONTAINS -> line.contains(text);
            case REGEX, NOT_REGEX -> PlainRegex.of(text).matcher(line).find();
            case PATTERN, NOT_PATTERN -> matches(text, line);
          };
    };
  }

  private static boolean matches(String pattern, String line) {
    List<PatternNode> nodes = nodes(pattern);
    if (line.isEmpty() || nodes.isEmpty()) {
      return line.isEmpty() && nodes.isEmpty();
    }
    int end = 0;
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof PatternNode.Literal(String text)) {
        int found = line.indexOf(text, end);
        if (found < 0 || (i > 0 && found == end)) {
          return false;
        }
        end = found + text.length();
      }
    }
    boolean endsWithLiteral = nodes.getLast() instanceof PatternNode.Literal;
    return endsWithLiteral ? end == line.length() : end < line.length();
  }

  private static List<PatternNode> nodes(String pattern) {
    try {
      return LinePattern.parse(pattern).nodes();
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
