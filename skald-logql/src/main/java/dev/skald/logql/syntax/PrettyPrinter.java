package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.model.Quoted;
import java.util.List;

/** Writes trees over several lines, two blanks per level, wherever a node would be longer than 100 characters. */
final class PrettyPrinter {
  private static final int NODE_CHARACTERS_MAX = 100;
  private static final String INDENT = "  ";

  private final CompactPrinter compact = new CompactPrinter(Spelling.FORMATTED);

  String text(Expr expr) {
    return text(expr, 0);
  }

  private String text(Expr expr, int level) {
    String line = compact.text(expr);
    if (fits(line)) {
      return indent(level) + line;
    }
    return switch (expr) {
      case LogExpr log -> log(log, level);
      case RangeAggregation range ->
          indent(level)
              + range.function().text()
              + "(\n"
              + (range.parameter() == null
                  ? ""
                  : indent(level + 1) + NumberText.shortest(range.parameter()) + ",\n")
              + range(range.range(), level + 1)
              + closing(level)
              + compact.text(range.grouping());
      case VectorAggregation vector ->
          indent(level)
              + vector.operator().text()
              + compact.text(vector.grouping())
              + "(\n"
              + (CompactPrinter.takesParameter(vector)
                  ? indent(level + 1) + vector.parameter() + ",\n"
                  : "")
              + text(vector.inner(), level + 1)
              + closing(level);
      case BinaryOperation operation -> operation(operation, level);
      case LabelReplace replace -> labelReplace(replace, level);
      case MetricExpr.Literal _, MetricExpr.VectorLiteral _, MetricExpr.Variants _ ->
          indent(level) + line;
    };
  }

  private String operation(BinaryOperation operation, int level) {
    String right = text(operation.right(), level + 1);
    return text(operation.left(), level + 1)
        + "\n"
        + indent(level)
        + CompactPrinter.operator(operation, right.stripLeading())
        + "\n"
        + right;
  }

  private String labelReplace(LabelReplace replace, int level) {
    StringBuilder text = new StringBuilder(indent(level)).append("label_replace(\n");
    text.append(text(replace.inner(), level + 1));
    List<String> arguments =
        List.of(replace.target(), replace.replacement(), replace.source(), replace.regex());
    for (String argument : arguments) {
      text.append(",\n").append(indent(level + 1)).append(Quoted.of(argument));
    }
    return text.append(closing(level)).toString();
  }

  private String log(LogExpr log, int level) {
    String line = compact.text(log);
    if (fits(line)) {
      return indent(level) + line;
    }
    StringBuilder text = new StringBuilder(indent(level)).append(compact.text(log.selector()));
    for (Stage stage : log.stages()) {
      text.append('\n').append(indent(level + 1)).append(compact.text(stage));
    }
    return text.toString();
  }

  private String range(LogRange range, int level) {
    String line = compact.text(range);
    if (fits(line)) {
      return indent(level) + line;
    }
    StringBuilder text = new StringBuilder(log(range.log(), level));
    if (range.unwrap() != null) {
      text.append('\n').append(indent(level + 1)).append(compact.text(range.unwrap()));
    }
    text.append(" [").append(DurationText.prometheus(range.rangeNanos())).append(']');
    if (range.offsetNanos() != 0) {
      text.append(" offset ").append(offset(range.offsetNanos()));
    }
    return text.toString();
  }

  private static String offset(long nanos) {
    String text = DurationText.prometheus(nanos);
    boolean isExact = nanos > 0 && DurationText.parsePrometheus(text) == nanos;
    return isExact ? text : DurationText.go(nanos);
  }

  private static boolean fits(String line) {
    return line.length() <= NODE_CHARACTERS_MAX;
  }

  private static String closing(int level) {
    return "\n" + indent(level) + ")";
  }

  private static String indent(int level) {
    return INDENT.repeat(level);
  }
}
