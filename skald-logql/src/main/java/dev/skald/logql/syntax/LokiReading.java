package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.model.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What Loki makes of a query before it runs it. It prints the query and reads the print, and some
 * of what was written is lost on the way:
 *
 * <ul>
 *   <li>sizes in label filters have two digits: {@code b < 1KiB} is {@code b < 1.0kB}, 1000 bytes
 *   <li>{@code ip("p")} in a chain of alternatives, {@code |= ip("p") or "x"}, is the text p (spec
 *       logql.md 6.1)
 * </ul>
 *
 * <p>Others mean something else in version 3.7: {@link LokiRegex}, {@link LokiStages}, and
 * {@code rate_counter}, which is not stretched to its window's edges (spec logql.md 8.5).
 *
 * <p>Those who ask for Loki's dialect get its answers; in Skald's own a size is the size that was
 * written.
 */
public final class LokiReading {
  private final Map<String, String> labels;

  private LokiReading(Map<String, String> labels) {
    this.labels = labels;
  }

  /** The query that Loki runs; spans are those of the query as written. */
  public static Expr of(Expr expr) {
    return of(expr, Map.of());
  }

  /**
   * As {@link #of(Expr)}.
   *
   * @param labels by name, what label filters read instead
   */
  public static Expr of(Expr expr, Map<String, String> labels) {
    LokiReading reading = new LokiReading(labels);
    return switch (expr) {
      case LogExpr log -> reading.log(log);
      case MetricExpr metric -> reading.metric(metric);
    };
  }

  private MetricExpr metric(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.RangeAggregation range ->
          new MetricExpr.RangeAggregation(
              function(range.function()),
              range.parameter(),
              range(range.range()),
              range.grouping(),
              range.span());
      case MetricExpr.VectorAggregation vector ->
          new MetricExpr.VectorAggregation(
              vector.operator(),
              vector.parameter(),
              metric(vector.inner()),
              vector.grouping(),
              vector.span());
      case MetricExpr.BinaryOperation operation ->
          new MetricExpr.BinaryOperation(
              operation.operator(),
              metric(operation.left()),
              metric(operation.right()),
              operation.matching(),
              operation.span());
      case MetricExpr.LabelReplace replace ->
          new MetricExpr.LabelReplace(
              metric(replace.inner()),
              replace.target(),
              replace.replacement(),
              replace.source(),
              replace.regex(),
              replace.span());
      case MetricExpr.Variants variants ->
          new MetricExpr.Variants(
              variants.variants().stream().map(this::metric).toList(),
              range(variants.of()),
              variants.span());
      case MetricExpr.Literal _,
          MetricExpr.VectorLiteral _,
          // Loki refuses what follows
          MetricExpr.Stats _,
          MetricExpr.Program _,
          MetricExpr.Reference _ ->
          expr;
    };
  }

  private static RangeFunction function(RangeFunction written) {
    return written == RangeFunction.RATE_COUNTER ? RangeFunction.RATE_COUNTER_UNSTRETCHED : written;
  }

  private LogRange range(LogRange range) {
    return new LogRange(
        log(range.log()),
        unwrap(range.unwrap()),
        range.rangeNanos(),
        range.offsetNanos(),
        range.span());
  }

  private @Nullable Unwrap unwrap(@Nullable Unwrap unwrap) {
    return unwrap == null
        ? null
        : new Unwrap(
            unwrap.conversion(),
            unwrap.label(),
            unwrap.filters().stream().map(this::labelFilter).toList(),
            unwrap.span());
  }

  private LogExpr log(LogExpr log) {
    List<Stage> stages = new ArrayList<>(log.stages().size());
    for (Stage stage : log.stages()) {
      stages.add(
          switch (stage) {
            case Stage.LineFilter filter -> lineFilter(filter);
            case Stage.LabelFilter filter -> labelFilter(filter);
            case Stage.Json _,
                Stage.Logfmt _,
                Stage.Regexp _,
                Stage.Pattern _,
                Stage.Unpack _,
                Stage.LineFormat _,
                Stage.LabelFormat _,
                Stage.Decolorize _,
                Stage.Unwrap _,
                Stage.Drop _,
                Stage.Keep _,
                Stage.Extracted _ ->
                stage;
          });
    }
    return new LogExpr(log.selector(), LokiStages.of(stages), log.order(), log.span());
  }

  private static Stage.LineFilter lineFilter(Stage.LineFilter filter) {
    if (filter.match().negative() || filter.operands().size() == 1) {
      return filter;
    }
    List<Stage.Operand> operands = new ArrayList<>(filter.operands().size());
    for (Stage.Operand operand : filter.operands()) {
      operands.add(
          switch (operand) {
            case Stage.Operand.Text text -> text;
            case Stage.Operand.Ip ip -> new Stage.Operand.Text(ip.pattern());
          });
    }
    return new Stage.LineFilter(filter.match(), operands, filter.span());
  }

  private Stage.LabelFilter labelFilter(Stage.LabelFilter filter) {
    return new Stage.LabelFilter(condition(filter.condition()), filter.span());
  }

  private LabelCondition condition(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text(Matcher matcher) -> text(matcher);
      case LabelCondition.Numeric c ->
          new LabelCondition.Numeric(label(c.name()), c.comparison(), c.value());
      case LabelCondition.Duration c ->
          new LabelCondition.Duration(label(c.name()), c.comparison(), c.nanos());
      case LabelCondition.Bytes c ->
          new LabelCondition.Bytes(label(c.name()), c.comparison(), twoDigits(c.bytes()));
      case LabelCondition.Ip c ->
          new LabelCondition.Ip(label(c.name()), c.comparison(), c.pattern());
      case LabelCondition.And(LabelCondition left, LabelCondition right) ->
          new LabelCondition.And(condition(left), condition(right));
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          new LabelCondition.Or(condition(left), condition(right));
      // Loki refuses these
      case LabelCondition.Timestamp _, LabelCondition.TimestampText _ -> condition;
    };
  }

  private LabelCondition text(Matcher matcher) {
    String value =
        switch (matcher.op()) {
          case EQUAL, NOT_EQUAL -> matcher.value();
          case REGEX, NOT_REGEX -> LokiRegex.read(matcher.value());
        };
    return new LabelCondition.Text(new Matcher(label(matcher.name()), matcher.op(), value));
  }

  private String label(String name) {
    return labels.getOrDefault(name, name);
  }

  /** The size that {@link ByteSizeText#humanised} says; one beyond its units stays. */
  private static long twoDigits(long unsignedBytes) {
    String text = ByteSizeText.humanised(unsignedBytes);
    int unit = 0;
    while (!Character.isLetter(text.charAt(unit))) {
      unit++;
    }
    OptionalLong read = ByteSizeText.parse(text.substring(0, unit), text.substring(unit));
    return read.orElse(unsignedBytes);
  }
}
