package dev.skald.query.plain;

import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.LinePattern;
import dev.skald.logql.syntax.PatternNode;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.Stage.Operand;
import java.util.ArrayList;
import java.util.List;

/** Line filters (spec logql.md 6.1); {@code ip()} is left out. */
final class PlainLineFilters {
  private PlainLineFilters() {}

  static boolean keeps(Stage.LineFilter filter, String line) {
    List<String> texts = new ArrayList<>();
    for (Operand operand : filter.operands()) {
      switch (operand) {
        case Operand.Text(String text) -> texts.add(text);
        case Operand.Ip _ -> throw new PlainUndetermined("ip()");
      }
    }
    return switch (filter.match()) {
      case CONTAINS -> positive(texts).stream().anyMatch(line::contains);
      case NOT_CONTAINS -> texts.stream().noneMatch(line::contains);
      case REGEX ->
          positive(texts).stream().anyMatch(text -> PlainRegex.of(text).matcher(line).find());
      case NOT_REGEX -> texts.stream().noneMatch(text -> PlainRegex.of(text).matcher(line).find());
      case PATTERN -> texts.stream().anyMatch(text -> matches(text, line));
      case NOT_PATTERN -> texts.stream().noneMatch(text -> matches(text, line));
    };
  }

  /** Empty operands of a positive chain are ignored; a chain of nothing else keeps all. */
  private static List<String> positive(List<String> texts) {
    List<String> meant = texts.stream().filter(text -> !text.isEmpty()).toList();
    return meant.isEmpty() ? List.of("") : meant;
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
