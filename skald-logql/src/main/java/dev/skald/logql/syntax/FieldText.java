package dev.skald.logql.syntax;

import dev.skald.model.Quoted;
import java.util.List;
import java.util.stream.Collectors;

/** How sorting and {@code stats} are written: what follows the {@code |}. */
final class FieldText {
  private FieldText() {}

  static String sort(List<SortKey> keys, List<StatsFunction> functions) {
    return keys.stream()
        .map(
            key ->
                field(key.field(), functions)
                    + (key.order() == SortKey.Order.DESCENDING ? " desc" : ""))
        .collect(Collectors.joining(", "));
  }

  /** From {@code stats} to the columns. */
  static String stats(MetricExpr.Stats stats) {
    StringBuilder out = new StringBuilder("stats ");
    out.append(
        stats.functions().stream().map(FieldText::function).collect(Collectors.joining(", ")));
    if (!stats.columns().isEmpty()) {
      out.append(" by ");
      out.append(
          stats.columns().stream()
              .map(column -> field(column, List.of()))
              .collect(Collectors.joining(", ")));
    }
    return out.toString();
  }

  private static String function(StatsFunction function) {
    StringBuilder out = new StringBuilder(function.kind().text()).append('(');
    if (function.parameter() != null) {
      out.append(NumberText.plain(function.parameter())).append(", ");
    }
    if (function.label() != null) {
      out.append(function.label());
    }
    out.append(')');
    if (!function.name().equals(function.kind().text())) {
      out.append(" as ").append(function.name());
    }
    return out.toString();
  }

  /** A label is quoted where its bare name would mean something else. */
  private static String field(Field field, List<StatsFunction> functions) {
    return switch (field) {
      case Field.EntryTime time -> time.name();
      case Field.Line line -> line.name();
      case Field.Value value -> value.name();
      case Field.Label(String name) -> {
        boolean isBare =
            isName(name)
                && !SortParser.isLine(name)
                && !SortParser.isTime(name)
                && functions.stream().noneMatch(function -> function.name().equals(name));
        yield isBare ? name : Quoted.of(name);
      }
    };
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && !(text.charAt(0) >= '0' && text.charAt(0) <= '9')
        && text.chars()
            .allMatch(
                c ->
                    c == '_'
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9'))
        && Words.reserved(text) == TokenKind.IDENTIFIER;
  }
}
