package dev.skald.logql.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An expression whose value is numbers. */
public sealed interface MetricExpr extends Expr {
  /**
   * {@code rate({..} [5m])}.
   *
   * @param parameter quantile's φ; null where the function takes none
   * @param grouping null where none was written
   */
  record RangeAggregation(
      RangeFunction function,
      @Nullable Double parameter,
      LogRange range,
      @Nullable Grouping grouping,
      Span span)
      implements MetricExpr {}

  /** A range function, by its LogQL name in lower case (spec logql.md 8.3). */
  enum RangeFunction {
    RATE(Samples.ENTRIES_OR_NUMBERS, Value.SUM_PER_SECOND, Groups.REFUSED),
    RATE_COUNTER(Samples.NUMBERS, Value.OTHER, Groups.REFUSED),
    /** {@code rate_counter} as Loki has it up to 3.7; {@link LokiReading} alone makes it. */
    RATE_COUNTER_UNSTRETCHED(Samples.NUMBERS, Value.OTHER, Groups.REFUSED),
    COUNT_OVER_TIME(Samples.ENTRIES, Value.SUM, Groups.REFUSED),
    BYTES_RATE(Samples.BYTES, Value.SUM_PER_SECOND, Groups.REFUSED),
    BYTES_OVER_TIME(Samples.BYTES, Value.SUM, Groups.REFUSED),
    AVG_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    SUM_OVER_TIME(Samples.NUMBERS, Value.SUM, Groups.REFUSED),
    MIN_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    MAX_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    STDVAR_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    STDDEV_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    QUANTILE_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    FIRST_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    LAST_OVER_TIME(Samples.NUMBERS, Value.OTHER, Groups.ALLOWED),
    ABSENT_OVER_TIME(Samples.ENTRIES_OR_NUMBERS, Value.OTHER, Groups.REFUSED);

    private final Samples samples;
    private final Value value;
    private final Groups groups;

    RangeFunction(Samples samples, Value value, Groups groups) {
      this.samples = samples;
      this.value = value;
      this.groups = groups;
    }

    /** What an entry counts for. */
    public enum Samples {
      /** 1. */
      ENTRIES,
      /** The length of its line. */
      BYTES,
      /** The number that {@code unwrap} takes from it. */
      NUMBERS,
      /** The number, or 1 without {@code unwrap}. */
      ENTRIES_OR_NUMBERS
    }

    /** What samples become. */
    public enum Value {
      SUM,
      SUM_PER_SECOND,
      OTHER
    }

    private enum Groups {
      ALLOWED,
      REFUSED
    }

    public Samples samples() {
      return samples;
    }

    public Value value() {
      return value;
    }

    public boolean allowsGrouping() {
      return groups == Groups.ALLOWED;
    }

    public boolean allowsUnwrap() {
      return samples == Samples.NUMBERS || samples == Samples.ENTRIES_OR_NUMBERS;
    }

    public boolean needsUnwrap() {
      return samples == Samples.NUMBERS;
    }

    public String text() {
      RangeFunction written = this == RATE_COUNTER_UNSTRETCHED ? RATE_COUNTER : this;
      return written.name().toLowerCase(Locale.ROOT);
    }
  }

  /** What {@code [5m]} ranges over. Durations in nanoseconds; the offset may be negative. */
  record LogRange(
      LogExpr log, @Nullable Unwrap unwrap, long rangeNanos, long offsetNanos, Span span) {}

  /** {@code | unwrap duration(x) | post="filter"}. */
  record Unwrap(Conversion conversion, String label, List<Stage.LabelFilter> filters, Span span) {
    public Unwrap {
      filters = List.copyOf(filters);
    }
  }

  enum Conversion {
    NONE,
    BYTES,
    DURATION,
    DURATION_SECONDS
  }

  record Grouping(GroupingKind kind, List<String> labels) {
    public Grouping {
      labels = List.copyOf(labels);
    }
  }

  enum GroupingKind {
    BY,
    WITHOUT
  }

  /**
   * {@code sum by (a) (x)}.
   *
   * @param parameter k of topk, bottomk, approx_topk; 0 elsewhere
   */
  record VectorAggregation(
      VectorOperator operator,
      long parameter,
      MetricExpr inner,
      @Nullable Grouping grouping,
      Span span)
      implements MetricExpr {}

  enum VectorOperator {
    SUM,
    AVG,
    MAX,
    MIN,
    COUNT,
    STDDEV,
    STDVAR,
    BOTTOMK,
    TOPK,
    APPROX_TOPK,
    SORT,
    SORT_DESC;

    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** {@code left op right}. */
  record BinaryOperation(
      BinaryOperator operator, MetricExpr left, MetricExpr right, Matching matching, Span span)
      implements MetricExpr {}

  enum BinaryOperator {
    OR("or"),
    AND("and"),
    UNLESS("unless"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%"),
    POWER("^");

    private final String text;

    BinaryOperator(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    public boolean isSet() {
      return this == OR || this == AND || this == UNLESS;
    }

    public boolean isComparison() {
      return switch (this) {
        case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> true;
        case OR, AND, UNLESS, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> false;
      };
    }
  }

  /**
   * How the two sides of an operation find each other.
   *
   * @param returnsBool {@code bool} was written
   * @param on the {@code on}/{@code ignoring} list; absent: all labels must be equal
   * @param include labels of {@code group_left (..)}/{@code group_right (..)}
   */
  record Matching(
      boolean returnsBool, Optional<OnLabels> on, Cardinality cardinality, List<String> include) {
    public static final Matching ALL_LABELS =
        new Matching(false, Optional.empty(), Cardinality.ONE_TO_ONE, List.of());

    public Matching {
      include = List.copyOf(include);
    }
  }

  record OnLabels(OnKind kind, List<String> labels) {
    public OnLabels {
      labels = List.copyOf(labels);
    }
  }

  enum OnKind {
    ON,
    IGNORING
  }

  enum Cardinality {
    ONE_TO_ONE,
    /** {@code group_left}. */
    MANY_TO_ONE,
    /** {@code group_right}. */
    ONE_TO_MANY
  }

  /** A number; arithmetic on numbers is folded when parsed. */
  record Literal(double value, Span span) implements MetricExpr {}

  /** {@code vector(1)}. */
  record VectorLiteral(double value, Span span) implements MetricExpr {}

  record LabelReplace(
      MetricExpr inner, String target, String replacement, String source, String regex, Span span)
      implements MetricExpr {}

  /** {@code variants(a, b) of (range)}: several values of one selection of entries. */
  record Variants(List<MetricExpr> variants, LogRange of, Span span) implements MetricExpr {
    public Variants {
      variants = List.copyOf(variants);
    }
  }

  /**
   * {@code {..} | stats count() as n by app | n > 5 | sort by n desc}: one evaluation over all
   * entries of the request's time.
   *
   * @param functions at least one; names differ
   * @param columns what entries are grouped by; names differ
   */
  record Stats(
      LogExpr log,
      List<StatsFunction> functions,
      List<Field> columns,
      List<StatsStep> steps,
      Span span)
      implements MetricExpr {
    public Stats {
      functions = List.copyOf(functions);
      columns = List.copyOf(columns);
      steps = List.copyOf(steps);
    }
  }

  /**
   * {@code let a = x; let b = y; b / a}; always the whole query.
   *
   * @param bindings names differ; each is known to those after it
   */
  record Program(List<Binding> bindings, MetricExpr body, Span span) implements MetricExpr {
    public Program {
      bindings = List.copyOf(bindings);
    }
  }

  /** {@code let name = value;}. */
  record Binding(String name, MetricExpr value) {}

  /** The value that a {@link Binding} before has bound. */
  record Reference(String name, Span span) implements MetricExpr {}
}
