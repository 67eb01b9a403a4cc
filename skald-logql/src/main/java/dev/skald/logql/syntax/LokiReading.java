package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import java.util.ArrayList;
import java.util.List;
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
 * <p>Those who ask for Loki's dialect get its answers; in Skald's own a size is the size that was
 * written.
 */
public final class LokiReading {
  private LokiReading() {}

  /** The query that Loki runs; spans are those of the query as written. */
  public static Expr of(Expr expr) {
    return switch (expr) {
      case LogExpr log -> log(log);
      case MetricExpr metric -> metric(metric);
    };
  }

  private static MetricExpr metric(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.RangeAggregation range ->
          new MetricExpr.RangeAggregation(
              range.function(),
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
              variants.variants().stream().map(LokiReading::metric).toList(),
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

  private static LogRange range(LogRange range) {
    return new LogRange(
        log(range.log()),
        unwrap(range.unwrap()),
        range.rangeNanos(),
        range.offsetNanos(),
        range.span());
  }

  private static @Nullable Unwrap unwrap(@Nullable Unwrap unwrap) {
    return unwrap == null
        ? null
        : new Unwrap(
            unwrap.conversion(),
            unwrap.label(),
            unwrap.filters().stream().map(LokiReading::labelFilter).toList(),
            unwrap.span());
  }

  private static LogExpr log(LogExpr log) {
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
                Stage.Keep _ ->
                stage;
          });
    }
    return new LogExpr(log.selector(), stages, log.order(), log.span());
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

  private static Stage.LabelFilter labelFilter(Stage.LabelFilter filter) {
    return new Stage.LabelFilter(condition(filter.condition()), filter.span());
  }

  private static LabelCondition condition(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Bytes bytes ->
          new LabelCondition.Bytes(bytes.name(), bytes.comparison(), twoDigits(bytes.bytes()));
      case LabelCondition.And(LabelCondition left, LabelCondition right) ->
          new LabelCondition.And(condition(left), condition(right));
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          new LabelCondition.Or(condition(left), condition(right));
      case LabelCondition.Text _,
          LabelCondition.Numeric _,
          LabelCondition.Duration _,
          LabelCondition.Ip _,
          LabelCondition.Timestamp _,
          LabelCondition.TimestampText _ ->
          condition;
    };
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
