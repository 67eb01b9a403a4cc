package dev.skald.logql.syntax;

import dev.skald.logql.syntax.LabelCondition.Comparison;
import dev.skald.logql.syntax.MetricExpr.BinaryOperator;
import dev.skald.logql.syntax.MetricExpr.Cardinality;
import dev.skald.logql.syntax.MetricExpr.Conversion;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.GroupingKind;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.OnKind;
import dev.skald.logql.syntax.MetricExpr.OnLabels;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.VectorOperator;
import dev.skald.logql.syntax.Stage.LineMatch;
import dev.skald.logql.syntax.Stage.LogfmtFlag;
import dev.skald.model.Matcher;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random trees of the kind that the parser builds. */
final class RandomExprs {
  private static final List<String> NAMES =
      List.of(
          "a",
          "b1",
          "_x",
          "__error__",
          "rate",
          "sum",
          "count",
          "duration",
          "bytes",
          "ip",
          "of",
          "vector",
          "variants",
          "label_replace",
          "stats",
          "é",
          "order",
          "desc",
          "e5",
          "Inf");
  private static final List<String> REGEXES =
      List.of("a+", "x|y", "(?i)err.*", "[0-9]{2,3}", "\\d");
  private static final List<String> ADDRESSES =
      List.of("10.0.0.1", "10.0.0.0/8", "10.0.0.1-10.0.0.9", "::1", "2001:db8::/32");
  private static final List<String> LINE_PATTERNS = List.of("", "<_>", "a<_>b", "x", "<_> y <_>");
  private static final List<String> PATHS =
      List.of("a", "a.b", "a[0]", "[\"x y\"].z", "_a1[\"b\"]");
  private static final List<String> CHARACTERS =
      List.of(
          "a",
          "Z",
          "0",
          " ",
          "\"",
          "\\",
          "`",
          "'",
          "\n",
          "\t",
          "\0",
          "\u007f",
          "\u0085",
          "é",
          "日",
          "\u2028",
          "\ufeff",
          "\ufffd",
          "\ud83d\ude00",
          "{{",
          "}}",
          "<_>",
          "|",
          "//");

  private static final Set<String> WORDS_OF_LOKI = Set.of("of", "variants");

  private final Random random;
  private final Dialect dialect;

  RandomExprs(Random random, Dialect dialect) {
    this.random = random;
    this.dialect = dialect;
  }

  Expr next() {
    if (dialect == Dialect.SKALD) {
      return switch (random.nextInt(5)) {
        case 0 -> ordered();
        case 1 -> stats();
        case 2 -> program();
        default -> plain();
      };
    }
    return plain();
  }

  private LogExpr ordered() {
    LogExpr log = log();
    List<SortKey> keys = listOf(1, 3, () -> new SortKey(logField(), order()));
    OptionalInt limit = random.nextBoolean() ? OptionalInt.of(7) : OptionalInt.empty();
    List<Stage> stages = new ArrayList<>(log.stages());
    stages.add(new Stage.Unwrap(oneOf(List.of(Conversion.values())), name(), Span.NONE));
    stages.add(labelFilter());
    return new LogExpr(log.selector(), stages, new Ordering(keys, limit), Span.NONE);
  }

  private SortKey.Order order() {
    return oneOf(List.of(SortKey.Order.values()));
  }

  private Field logField() {
    return oneOf(
        List.of(
            new Field.EntryTime("timestamp"),
            new Field.EntryTime("__timestamp__"),
            new Field.Label("timestamp"),
            new Field.Label("by"),
            new Field.Label("a b"),
            new Field.Label(name())));
  }

  private MetricExpr.Stats stats() {
    List<StatsFunction> functions = new ArrayList<>();
    for (String name : List.of("count", "n", "line").subList(0, 1 + random.nextInt(3))) {
      StatsFunction.Kind kind = oneOf(List.of(StatsFunction.Kind.values()));
      boolean isQuantile = kind == StatsFunction.Kind.QUANTILE;
      boolean isBare = kind == StatsFunction.Kind.COUNT && random.nextBoolean();
      functions.add(
          new StatsFunction(kind, isQuantile ? 0.95 : null, isBare ? null : name(), name));
    }
    List<Field> all =
        List.of(
            new Field.Line("__line__"),
            new Field.EntryTime("timestamp"),
            new Field.Label("count"),
            new Field.Label("line"),
            new Field.Label("app"),
            new Field.Label("\u00e9 \""));
    List<Field> columns = all.subList(0, random.nextInt(all.size() + 1));
    List<Field> keys = new ArrayList<>(columns);
    functions.forEach(function -> keys.add(new Field.Value(function.name())));
    String first = functions.getFirst().name();
    List<StatsStep> steps =
        listOf(
            0,
            3,
            () ->
                switch (random.nextInt(3)) {
                  case 0 -> new StatsStep.Limit(1 + random.nextInt(9));
                  case 1 ->
                      new StatsStep.Sort(listOf(1, 2, () -> new SortKey(oneOf(keys), order())));
                  default ->
                      new StatsStep.Having(
                          new Stage.LabelFilter(
                              new LabelCondition.Numeric(
                                  first, oneOf(List.of(Comparison.values())), number()),
                              Span.NONE));
                });
    return new MetricExpr.Stats(log(), functions, columns, steps, Span.NONE);
  }

  private MetricExpr program() {
    MetricExpr first = metric(1);
    MetricExpr second =
        new MetricExpr.BinaryOperation(
            BinaryOperator.ADD,
            new MetricExpr.Reference("let", Span.NONE),
            random.nextBoolean() ? stats() : metric(1),
            Matching.ALL_LABELS,
            Span.NONE);
    return new MetricExpr.Program(
        List.of(new MetricExpr.Binding("let", first), new MetricExpr.Binding("x9", second)),
        new MetricExpr.BinaryOperation(
            oneOf(List.of(BinaryOperator.values())),
            new MetricExpr.Reference("x9", Span.NONE),
            new MetricExpr.Reference("let", Span.NONE),
            matching(),
            Span.NONE),
        Span.NONE);
  }

  private Expr plain() {
    return random.nextInt(3) == 0 ? log() : metric(3);
  }

  private LogExpr log() {
    List<Stage> stages = listOf(0, 4, this::stage);
    for (int i = 1; i < stages.size(); i++) {
      if (readsAsMatcher(stages.get(i - 1), stages.get(i))) {
        stages.set(i, new Stage.Unpack(Span.NONE));
      }
    }
    return new LogExpr(selector(), stages, Span.NONE);
  }

  /**
   * No text says "drop a, then keep lines without x": in {@code | drop a != "x"} the name takes the
   * operator.
   */
  private static boolean readsAsMatcher(Stage first, Stage second) {
    List<Stage.Named> labels =
        switch (first) {
          case Stage.Drop drop -> drop.labels();
          case Stage.Keep keep -> keep.labels();
          default -> List.of();
        };
    return !labels.isEmpty()
        && labels.getLast() instanceof Stage.Named.Name
        && second instanceof Stage.LineFilter filter
        && (filter.match() == LineMatch.NOT_CONTAINS || filter.match() == LineMatch.NOT_REGEX);
  }

  private Selector selector() {
    List<Matcher> matchers = new ArrayList<>(listOf(0, 2, this::matcher));
    matchers.add(random.nextInt(matchers.size() + 1), Matcher.equal(name(), "x" + text()));
    return new Selector(matchers, Span.NONE);
  }

  private Matcher matcher() {
    Matcher.Op op = oneOf(List.of(Matcher.Op.values()));
    return switch (op) {
      case EQUAL, NOT_EQUAL -> new Matcher(name(), op, text());
      case REGEX, NOT_REGEX -> new Matcher(name(), op, oneOf(REGEXES));
    };
  }

  private Stage stage() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> lineFilter();
      case 3 -> new Stage.Json(listOf(0, 2, this::path), Span.NONE);
      case 4 -> new Stage.Logfmt(flags(), listOf(0, 2, this::key), Span.NONE);
      case 5 -> new Stage.Regexp("(?P<" + oneOf(List.of("a", "b_1")) + ">.*)", Span.NONE);
      case 6 -> new Stage.Pattern("<_> <" + oneOf(List.of("a", "b_1")) + ">", Span.NONE);
      case 7 -> oneOf(List.of(new Stage.Unpack(Span.NONE), new Stage.Decolorize(Span.NONE)));
      case 8 -> new Stage.LineFormat(text(), Span.NONE);
      case 9 -> new Stage.LabelFormat(formats(), Span.NONE);
      case 10 ->
          random.nextBoolean()
              ? new Stage.Drop(listOf(1, 3, this::named), Span.NONE)
              : new Stage.Keep(listOf(1, 3, this::named), Span.NONE);
      default -> labelFilter();
    };
  }

  private Stage.LineFilter lineFilter() {
    LineMatch match = oneOf(List.of(LineMatch.values()));
    Supplier<Stage.Operand> operand =
        () ->
            switch (match) {
              case CONTAINS, NOT_CONTAINS ->
                  random.nextInt(4) == 0
                      ? new Stage.Operand.Ip(oneOf(ADDRESSES))
                      : new Stage.Operand.Text(text());
              case REGEX, NOT_REGEX -> new Stage.Operand.Text(oneOf(REGEXES));
              case PATTERN, NOT_PATTERN -> new Stage.Operand.Text(oneOf(LINE_PATTERNS));
            };
    return new Stage.LineFilter(match, listOf(1, 3, operand), Span.NONE);
  }

  private Stage.Extraction path() {
    return new Stage.Extraction(name(), oneOf(PATHS));
  }

  private Stage.Extraction key() {
    return new Stage.Extraction(name(), oneOf(List.of("a", "_b2", "\"x y\"", "\"a.b\"")));
  }

  private List<LogfmtFlag> flags() {
    return oneOf(
        List.of(
            List.of(),
            List.of(LogfmtFlag.STRICT),
            List.of(LogfmtFlag.KEEP_EMPTY),
            List.of(LogfmtFlag.STRICT, LogfmtFlag.KEEP_EMPTY)));
  }

  private List<Stage.Format> formats() {
    List<Stage.Format> formats = new ArrayList<>();
    for (String target : List.of("t1", "rate", "t3").subList(0, 1 + random.nextInt(3))) {
      formats.add(
          random.nextBoolean()
              ? new Stage.Format.Rename(target, name())
              : new Stage.Format.Template(target, text()));
    }
    return formats;
  }

  private Stage.Named named() {
    return random.nextBoolean()
        ? new Stage.Named.Name(name())
        : new Stage.Named.Matching(matcher());
  }

  private Stage.LabelFilter labelFilter() {
    return new Stage.LabelFilter(condition(3), Span.NONE);
  }

  private LabelCondition condition(int depth) {
    Comparison comparison = oneOf(List.of(Comparison.values()));
    if (dialect == Dialect.SKALD && random.nextInt(4) == 0) {
      return random.nextBoolean()
          ? new LabelCondition.Timestamp(comparison, BigDecimal.valueOf(random.nextLong(), 3))
          : new LabelCondition.TimestampText(comparison, "2024-01-01T00:00:00.5+01:00");
    }
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> new LabelCondition.Text(matcher());
      case 1 -> new LabelCondition.Numeric(name(), comparison, number());
      case 2 -> new LabelCondition.Duration(name(), comparison, nanos());
      case 3 -> new LabelCondition.Bytes(name(), comparison, bytes());
      case 4 ->
          new LabelCondition.Ip(
              name(), oneOf(List.of(Comparison.EQUAL, Comparison.NOT_EQUAL)), oneOf(ADDRESSES));
      case 5, 6 -> new LabelCondition.And(condition(depth - 1), condition(depth - 1));
      default -> new LabelCondition.Or(condition(depth - 1), condition(depth - 1));
    };
  }

  private MetricExpr metric(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 3)) {
      case 0, 1 -> rangeAggregation();
      case 2 -> new MetricExpr.VectorLiteral(Math.abs(number()), Span.NONE);
      case 3 -> vectorAggregation(depth - 1);
      case 4 ->
          new MetricExpr.LabelReplace(
              metric(depth - 1), text(), text(), text(), oneOf(REGEXES), Span.NONE);
      case 5 -> withLiteral(depth - 1);
      case 6 ->
          new MetricExpr.Variants(listOf(1, 2, () -> metric(depth - 1)), range(true), Span.NONE);
      default ->
          new MetricExpr.BinaryOperation(
              oneOf(List.of(BinaryOperator.values())),
              metric(depth - 1),
              metric(depth - 1),
              matching(),
              Span.NONE);
    };
  }

  /** Two literals would be folded, and set operators take none. */
  private MetricExpr withLiteral(int depth) {
    double value =
        oneOf(List.of(number(), Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    MetricExpr literal = new MetricExpr.Literal(value, Span.NONE);
    MetricExpr other = metric(depth);
    boolean first = random.nextBoolean();
    BinaryOperator operator =
        oneOf(List.of(BinaryOperator.ADD, BinaryOperator.POWER, BinaryOperator.LESS));
    return new MetricExpr.BinaryOperation(
        operator, first ? literal : other, first ? other : literal, matching(), Span.NONE);
  }

  private Matching matching() {
    boolean returnsBool = random.nextInt(4) == 0;
    if (random.nextInt(3) == 0) {
      return new Matching(returnsBool, Optional.empty(), Cardinality.ONE_TO_ONE, List.of());
    }
    OnLabels on = new OnLabels(oneOf(List.of(OnKind.values())), listOf(0, 2, this::name));
    Cardinality cardinality = oneOf(List.of(Cardinality.values()));
    List<String> include =
        cardinality == Cardinality.ONE_TO_ONE ? List.of() : listOf(0, 2, this::name);
    return new Matching(returnsBool, Optional.of(on), cardinality, include);
  }

  private MetricExpr rangeAggregation() {
    RangeFunction function = oneOf(List.of(RangeFunction.values()));
    return switch (function) {
      case RATE_COUNTER_UNSTRETCHED -> rangeAggregation(); // no text has it
      case COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME ->
          new MetricExpr.RangeAggregation(function, null, range(false), null, Span.NONE);
      case RATE, ABSENT_OVER_TIME ->
          new MetricExpr.RangeAggregation(
              function, null, range(random.nextBoolean()), null, Span.NONE);
      case RATE_COUNTER, SUM_OVER_TIME ->
          new MetricExpr.RangeAggregation(function, null, range(true), null, Span.NONE);
      case AVG_OVER_TIME,
          MIN_OVER_TIME,
          MAX_OVER_TIME,
          STDVAR_OVER_TIME,
          STDDEV_OVER_TIME,
          FIRST_OVER_TIME,
          LAST_OVER_TIME ->
          new MetricExpr.RangeAggregation(function, null, range(true), grouping(), Span.NONE);
      case QUANTILE_OVER_TIME ->
          new MetricExpr.RangeAggregation(
              function, Math.abs(number()), range(true), grouping(), Span.NONE);
    };
  }

  private LogRange range(boolean unwraps) {
    long rangeNanos = (long) (random.nextGaussian() * random.nextGaussian() * 1e8);
    return new LogRange(
        log(),
        unwraps ? unwrap() : null,
        Math.abs(rangeNanos) * 1_000_000,
        random.nextBoolean() ? 0 : nanos(),
        Span.NONE);
  }

  private Unwrap unwrap() {
    return new Unwrap(
        oneOf(List.of(Conversion.values())), name(), listOf(0, 2, this::labelFilter), Span.NONE);
  }

  private @Nullable Grouping grouping() {
    return random.nextBoolean()
        ? null
        : new Grouping(oneOf(List.of(GroupingKind.values())), listOf(0, 2, this::name));
  }

  private MetricExpr vectorAggregation(int depth) {
    VectorOperator operator = oneOf(List.of(VectorOperator.values()));
    Grouping any = grouping();
    boolean isEmptyBy = any != null && any.kind() == GroupingKind.BY && any.labels().isEmpty();
    Grouping grouping = isEmptyBy ? null : any;
    MetricExpr inner = metric(depth);
    return switch (operator) {
      case SUM, AVG, MAX, MIN, COUNT, STDDEV, STDVAR ->
          new MetricExpr.VectorAggregation(operator, 0, inner, grouping, Span.NONE);
      case TOPK, BOTTOMK ->
          new MetricExpr.VectorAggregation(
              operator, 1 + random.nextInt(100), inner, grouping, Span.NONE);
      case APPROX_TOPK ->
          new MetricExpr.VectorAggregation(
              operator, 1 + random.nextInt(100), inner, null, Span.NONE);
      case SORT, SORT_DESC -> new MetricExpr.VectorAggregation(operator, 0, inner, null, Span.NONE);
    };
  }

  private double number() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(10) - 5;
      case 1 -> random.nextGaussian() * 1e3;
      case 2 -> random.nextLong() / 3.0;
      case 3 -> oneOf(List.of(0.0, -0.0, 1e6, 999999.0, 1e-4, 1e-5, 1e300, Double.MIN_VALUE, 0.1));
      default -> Math.rint(random.nextGaussian() * 100) / 100;
    };
  }

  private long nanos() {
    long unit = oneOf(List.of(1L, 1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L));
    return random.nextInt(10) == 0
        ? oneOf(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 1L, -1L, random.nextLong()))
        : (random.nextInt(2_000) - 500) * unit;
  }

  private long bytes() {
    long unit = oneOf(List.of(1L, 1_000L, 1_024L, 1_000_000_000L, 1_000_000_000_000L));
    return random.nextInt(10) == 0
        ? oneOf(List.of(-1L, Long.MIN_VALUE, random.nextLong()))
        : random.nextInt(3_000) * unit;
  }

  private String name() {
    String name = oneOf(NAMES);
    return dialect == Dialect.LOKI && WORDS_OF_LOKI.contains(name) ? "a" : name;
  }

  private String text() {
    return String.join("", listOf(0, 5, () -> oneOf(CHARACTERS)));
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> List<T> listOf(int min, int max, Supplier<? extends T> item) {
    List<T> items = new ArrayList<>();
    int size = min + random.nextInt(max - min + 1);
    for (int i = 0; i < size; i++) {
      items.add(item.get());
    }
    return items;
  }
}
