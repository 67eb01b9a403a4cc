package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.Cardinality;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.model.Matcher;
import dev.skald.model.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes trees on one line. */
final class CompactPrinter {
  private final Spelling spelling;

  CompactPrinter(Spelling spelling) {
    this.spelling = spelling;
  }

  String text(Expr expr) {
    return switch (expr) {
      case LogExpr log -> text(log);
      case MetricExpr.RangeAggregation range ->
          range.function().text()
              + "("
              + (range.parameter() == null ? "" : NumberText.shortest(range.parameter()) + ",")
              + text(range.range())
              + ")"
              + text(range.grouping());
      case VectorAggregation vector ->
          vector.operator().text()
              + text(vector.grouping())
              + "("
              + (takesParameter(vector) ? vector.parameter() + "," : "")
              + text(vector.inner())
              + ")";
      case MetricExpr.BinaryOperation operation -> {
        String right = text(operation.right());
        yield "(" + text(operation.left()) + " " + operator(operation, right) + " " + right + ")";
      }
      case MetricExpr.Literal literal -> spelling.literal(literal.value());
      case MetricExpr.VectorLiteral vector -> "vector(" + spelling.vector(vector.value()) + ")";
      case MetricExpr.LabelReplace replace ->
          "label_replace("
              + text(replace.inner())
              + ","
              + Quoted.of(replace.target())
              + ","
              + Quoted.of(replace.replacement())
              + ","
              + Quoted.of(replace.source())
              + ","
              + Quoted.of(replace.regex())
              + ")";
      case MetricExpr.Variants variants ->
          "variants("
              + variants.variants().stream().map(this::text).collect(Collectors.joining(", "))
              + ") of ("
              + text(variants.of())
              + ")";
    };
  }

  static boolean takesParameter(VectorAggregation vector) {
    return switch (vector.operator()) {
      case TOPK, BOTTOMK, APPROX_TOPK -> true;
      case SUM, AVG, MAX, MIN, COUNT, STDDEV, STDVAR, SORT, SORT_DESC -> false;
    };
  }

  /** The operator with its modifiers, as it stands between the legs, blanks at its ends aside. */
  static String operator(MetricExpr.BinaryOperation operation, String rightText) {
    Matching matching = operation.matching();
    StringBuilder text = new StringBuilder(operation.operator().text());
    if (matching.returnsBool()) {
      text.append(" bool");
    }
    matching
        .on()
        .ifPresent(
            on -> {
              text.append(' ').append(on.kind().name().toLowerCase(Locale.ROOT)).append(" (");
              text.append(String.join(",", on.labels())).append(')');
            });
    if (matching.cardinality() != Cardinality.ONE_TO_ONE) {
      boolean left = matching.cardinality() == Cardinality.MANY_TO_ONE;
      text.append(left ? " group_left" : " group_right");
      // before a parenthesis even an empty list must be written, else the right leg reads as the
      // list
      if (!matching.include().isEmpty() || rightText.startsWith("(")) {
        text.append(" (").append(String.join(",", matching.include())).append(')');
      }
    } else if (operation.operator().isSet() && matching.on().isPresent()) {
      text.append(' ');
    }
    return text.toString();
  }

  /** {@code  by (a,b)} with the blank before it; empty for no grouping. */
  String text(@org.jspecify.annotations.Nullable Grouping grouping) {
    return grouping == null
        ? ""
        : " "
            + grouping.kind().name().toLowerCase(Locale.ROOT)
            + " ("
            + String.join(",", grouping.labels())
            + ")";
  }

  String text(LogExpr log) {
    StringBuilder text = new StringBuilder(text(log.selector()));
    for (Stage stage : log.stages()) {
      text.append(' ').append(text(stage));
    }
    return text.toString();
  }

  String text(Selector selector) {
    return selector.matchers().stream()
        .map(Matcher::toString)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  String text(LogRange range) {
    return text(range.log())
        + (range.unwrap() == null ? "" : " " + text(range.unwrap()))
        + "["
        + DurationText.prometheus(range.rangeNanos())
        + "]"
        + (range.offsetNanos() == 0 ? "" : " offset " + DurationText.go(range.offsetNanos()));
  }

  String text(Unwrap unwrap) {
    String target =
        switch (unwrap.conversion()) {
          case NONE -> unwrap.label();
          case BYTES, DURATION, DURATION_SECONDS ->
              unwrap.conversion().name().toLowerCase(Locale.ROOT) + "(" + unwrap.label() + ")";
        };
    StringBuilder text = new StringBuilder("| unwrap ").append(target);
    for (Stage.LabelFilter filter : unwrap.filters()) {
      text.append(' ').append(text(filter));
    }
    return text.toString();
  }

  String text(Stage stage) {
    return switch (stage) {
      case Stage.LineFilter filter -> lineFilter(filter);
      case Stage.Json json -> "| json" + extractions(json.extractions());
      case Stage.Logfmt logfmt ->
          "| logfmt"
              + logfmt.flags().stream().map(f -> " " + f.text()).collect(Collectors.joining())
              + extractions(logfmt.extractions());
      case Stage.Regexp regexp -> "| regexp " + Quoted.of(regexp.expression());
      case Stage.Pattern pattern -> "| pattern " + Quoted.of(pattern.pattern());
      case Stage.Unpack _ -> "| unpack";
      case Stage.LabelFilter filter -> "| " + text(filter.condition());
      case Stage.LineFormat format -> "| line_format " + Quoted.of(format.template());
      case Stage.LabelFormat format ->
          "| label_format "
              + format.formats().stream()
                  .map(CompactPrinter::format)
                  .collect(Collectors.joining(","));
      case Stage.Decolorize _ -> "| decolorize";
      case Stage.Drop drop -> "| drop " + named(drop.labels());
      case Stage.Keep keep -> "| keep " + named(keep.labels());
    };
  }

  private static String lineFilter(Stage.LineFilter filter) {
    return filter.operands().stream()
        .map(
            operand ->
                switch (operand) {
                  case Stage.Operand.Text text -> Quoted.of(text.text());
                  case Stage.Operand.Ip ip -> "ip(" + Quoted.of(ip.pattern()) + ")";
                })
        .collect(Collectors.joining(" or ", filter.match().text() + " ", ""));
  }

  private static String extractions(List<Stage.Extraction> extractions) {
    return extractions.isEmpty()
        ? ""
        : extractions.stream()
            .map(e -> e.identifier() + "=" + Quoted.of(e.expression()))
            .collect(Collectors.joining(",", " ", ""));
  }

  private static String format(Stage.Format format) {
    return format.target()
        + "="
        + switch (format) {
          case Stage.Format.Rename rename -> rename.source();
          case Stage.Format.Template template -> Quoted.of(template.template());
        };
  }

  private static String named(List<Stage.Named> labels) {
    return labels.stream()
        .map(
            label ->
                switch (label) {
                  case Stage.Named.Name name -> name.name();
                  case Stage.Named.Matching matching -> matching.matcher().toString();
                })
        .collect(Collectors.joining(","));
  }

  private String text(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text text -> text.matcher().toString();
      case LabelCondition.Numeric number ->
          number.name() + number.comparison().text() + spelling.filterNumber(number.value());
      case LabelCondition.Duration duration ->
          duration.name() + duration.comparison().text() + DurationText.go(duration.nanos());
      case LabelCondition.Bytes bytes ->
          bytes.name() + bytes.comparison().text() + spelling.bytes(bytes.bytes());
      case LabelCondition.Ip ip ->
          ip.name()
              + (ip.comparison() == LabelCondition.Comparison.EQUAL ? "=" : "!=")
              + "ip("
              + Quoted.of(ip.pattern())
              + ")";
      case LabelCondition.And(LabelCondition left, LabelCondition right) ->
          "( " + text(left) + " , " + text(right) + " )";
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          "( " + text(left) + " or " + text(right) + " )";
    };
  }
}
