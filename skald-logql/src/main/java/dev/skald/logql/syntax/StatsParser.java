package dev.skald.logql.syntax;

import dev.skald.logql.syntax.LabelCondition.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses {@code | stats …} and what follows it. */
final class StatsParser {
  /** The label that tells the results of several functions apart. */
  private static final String STAT = "__stat__";

  private final TokenReader in;
  private final SortParser sorts;
  private final StageParser having;

  StatsParser(TokenReader in, SortParser sorts) {
    this.in = in;
    this.sorts = sorts;
    // behind stats there are no entries, so no entry's time either
    this.having =
        new StageParser(
            in,
            new LabelFilterParser(
                in, LabelFilterParser.Names.LABELS, LabelFilterParser.BadNumbers.ERROR));
  }

  /** The function of that name. */
  static Optional<StatsFunction.Kind> function(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (StatsFunction.Kind kind : StatsFunction.Kind.values()) {
      if (kind.text().equals(lower)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The caller has seen {@link QueryEnd#STATS}. */
  MetricExpr.Stats stats(LogExpr log, int start) {
    in.next();
    in.next();
    List<StatsFunction> functions = functions();
    List<Field> columns = columns(functions);
    List<StatsStep> steps = new ArrayList<>();
    while (in.at(TokenKind.PIPE)) {
      steps.add(step(functions, columns));
    }
    return new MetricExpr.Stats(log, functions, columns, steps, in.spanFrom(start));
  }

  private List<StatsFunction> functions() {
    List<StatsFunction> functions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    do {
      Token word = in.peek();
      StatsFunction function = function();
      if (!names.add(function.name())) {
        throw word.position()
            .error("two results of stats are named " + function.name() + "; name one with as");
      }
      functions.add(function);
    } while (in.skip(TokenKind.COMMA));
    return functions;
  }

  private StatsFunction function() {
    Token word = in.peek();
    Optional<StatsFunction.Kind> found = function(word.value());
    boolean isWord = in.at(TokenKind.IDENTIFIER) || in.at(TokenKind.VECTOR_OPERATOR);
    if (!isWord || found.isEmpty()) {
      throw in.unexpected();
    }
    StatsFunction.Kind kind = found.get();
    in.next();
    in.expect(TokenKind.OPEN_PARENTHESIS);
    Double parameter = null;
    if (kind == StatsFunction.Kind.QUANTILE) {
      parameter = LabelFilterParser.number(in.expect(TokenKind.NUMBER));
      in.expect(TokenKind.COMMA);
    }
    String label = null;
    if (kind != StatsFunction.Kind.COUNT || !in.at(TokenKind.CLOSE_PARENTHESIS)) {
      label = in.expect(TokenKind.IDENTIFIER).value();
    }
    in.expect(TokenKind.CLOSE_PARENTHESIS);
    String name = kind.text();
    if (in.isWordAt(0, "as")) {
      in.next();
      name = in.expect(TokenKind.IDENTIFIER).value();
    }
    return new StatsFunction(kind, parameter, label, name);
  }

  private List<Field> columns(List<StatsFunction> functions) {
    List<Field> columns = new ArrayList<>();
    if (!in.skip(TokenKind.BY)) {
      return columns;
    }
    Set<String> names = new HashSet<>();
    do {
      Token token = sorts.name();
      Field column = column(token);
      boolean isTaken = functions.size() > 1 && column.name().equals(STAT);
      if (isTaken || !names.add(column.name())) {
        throw token.position().error("two columns of stats are named " + column.name());
      }
      columns.add(column);
    } while (in.skip(TokenKind.COMMA));
    return columns;
  }

  private static Field column(Token token) {
    String name = token.value();
    if (token.kind() == TokenKind.STRING) {
      return new Field.Label(name);
    }
    if (SortParser.isLine(name)) {
      return new Field.Line(name);
    }
    return SortParser.isTime(name) ? new Field.EntryTime(name) : new Field.Label(name);
  }

  private StatsStep step(List<StatsFunction> functions, List<Field> columns) {
    if (QueryEnd.isSort(in)) {
      return new StatsStep.Sort(sorts.keys(token -> sortField(token, functions, columns)));
    }
    if (QueryEnd.isLimit(in)) {
      return new StatsStep.Limit(sorts.limit());
    }
    int start = in.start();
    Token pipe = in.next();
    if (!in.at(TokenKind.IDENTIFIER) && !in.at(TokenKind.OPEN_PARENTHESIS)) {
      throw in.unexpected(TokenKind.IDENTIFIER, TokenKind.OPEN_PARENTHESIS);
    }
    Stage.LabelFilter filter = having.labelFilter(start);
    String fault = fault(filter.condition(), functions, columns);
    if (fault != null) {
      throw pipe.position().error(fault);
    }
    return new StatsStep.Having(filter);
  }

  private static Field sortField(Token token, List<StatsFunction> functions, List<Field> columns) {
    String name = token.value();
    boolean isQuoted = token.kind() == TokenKind.STRING;
    if (!isQuoted && isResult(name, functions)) {
      return new Field.Value(name);
    }
    for (Field column : columns) {
      if (column.name().equals(name) && (!isQuoted || column instanceof Field.Label)) {
        return column;
      }
    }
    throw token.position().error(unknown(name));
  }

  private static boolean isResult(String name, List<StatsFunction> functions) {
    return functions.stream().anyMatch(function -> function.name().equals(name));
  }

  private static String unknown(String name) {
    return "stats has neither a result nor a column named " + name;
  }

  /** What is wrong with a condition on results and columns, or null. */
  private static @Nullable String fault(
      LabelCondition condition, List<StatsFunction> functions, List<Field> columns) {
    return switch (condition) {
      case LabelCondition.And(LabelCondition left, LabelCondition right) ->
          faultOfBoth(left, right, functions, columns);
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          faultOfBoth(left, right, functions, columns);
      case LabelCondition.Numeric(String name, Comparison _, double _) ->
          isResult(name, functions) ? null : faultOfColumn(name, columns);
      case LabelCondition.Text text -> faultOfText(text.matcher().name(), functions, columns);
      case LabelCondition.Duration c -> faultOfText(c.name(), functions, columns);
      case LabelCondition.Bytes c -> faultOfText(c.name(), functions, columns);
      case LabelCondition.Ip c -> faultOfText(c.name(), functions, columns);
      case LabelCondition.Timestamp _, LabelCondition.TimestampText _ ->
          throw new IllegalStateException("a condition on an entry's time behind stats");
    };
  }

  private static @Nullable String faultOfBoth(
      LabelCondition left,
      LabelCondition right,
      List<StatsFunction> functions,
      List<Field> columns) {
    String first = fault(left, functions, columns);
    return first == null ? fault(right, functions, columns) : first;
  }

  private static @Nullable String faultOfColumn(String name, List<Field> columns) {
    boolean isColumn = columns.stream().anyMatch(column -> column.name().equals(name));
    return isColumn ? null : unknown(name);
  }

  private static @Nullable String faultOfText(
      String name, List<StatsFunction> functions, List<Field> columns) {
    return isResult(name, functions)
        ? name + " is a result of stats and compares with numbers alone"
        : faultOfColumn(name, columns);
  }
}
