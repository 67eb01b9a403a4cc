package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.BinaryOperation;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.model.Quoted;

/**
 * Writes trees over several lines, two blanks per level, wherever a node would be longer than 100
 * characters.
 */
final class PrettyPrinter {
  private static final int NODE_CHARACTERS_MAX = 100;
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  String text() {
    return out.toString();
  }

  PrettyPrinter write(Expr expr) {
    write(expr, 0);
    return this;
  }

  private void write(Expr expr, int level) {
    if (expr instanceof BinaryOperation operation && !fits(shortened().write(expr))) {
      writeOperation(operation, level);
      return;
    }
    indent(level);
    if (fits(shortened().write(expr))) {
      out.append(compact().write(expr).text());
      return;
    }
    switch (expr) {
      case LogExpr log -> writeStages(log, level);
      case RangeAggregation range -> {
        out.append(range.function().text()).append("(\n");
        if (range.parameter() != null) {
          indent(level + 1);
          out.append(NumberText.shortest(range.parameter())).append(",\n");
        }
        write(range.range(), level + 1);
        close(level);
        out.append(compact().write(range.grouping()).text());
      }
      case VectorAggregation vector -> {
        out.append(vector.operator().text());
        out.append(compact().write(vector.grouping()).text()).append("(\n");
        if (CompactPrinter.takesParameter(vector)) {
          indent(level + 1);
          out.append(vector.parameter()).append(",\n");
        }
        write(vector.inner(), level + 1);
        close(level);
      }
      case LabelReplace replace -> writeLabelReplace(replace, level);
      case MetricExpr.Stats stats -> writeStats(stats, level);
      case MetricExpr.Program program -> writeProgram(program, level);
      case BinaryOperation _,
          MetricExpr.Literal _,
          MetricExpr.VectorLiteral _,
          MetricExpr.Reference _,
          MetricExpr.Variants _ ->
          out.append(compact().write(expr).text());
    }
  }

  private void writeOperation(BinaryOperation operation, int level) {
    int operatorLevel = Operators.level(operation.operator());
    int rightLevel = Operators.levelOfRightSide(operation.operator());
    boolean groupsRight = rightLevel == operatorLevel;
    writeLeg(operation.left(), groupsRight ? operatorLevel + 1 : operatorLevel, level + 1);
    out.append('\n');
    indent(level);
    out.append(compact().writeOperator(operation).text()).append('\n');
    writeLeg(operation.right(), rightLevel, level + 1);
  }

  /**
   * An operation that is broken into lines has parentheses only where it would read differently
   * without.
   */
  private void writeLeg(MetricExpr leg, int operatorLevelMin, int level) {
    boolean isLoose =
        leg instanceof BinaryOperation operation
            && Operators.level(operation.operator()) < operatorLevelMin;
    if (leg instanceof MetricExpr.Stats || (isLoose && !fits(shortened().write(leg)))) {
      writeInParentheses(leg, level);
    } else {
      write(leg, level);
    }
  }

  private void writeInParentheses(MetricExpr inner, int level) {
    indent(level);
    out.append("(\n");
    write(inner, level + 1);
    close(level);
  }

  private void writeLabelReplace(LabelReplace replace, int level) {
    out.append("label_replace(\n");
    if (replace.inner() instanceof MetricExpr.Stats) {
      writeInParentheses(replace.inner(), level + 1);
    } else {
      write(replace.inner(), level + 1);
    }
    for (String argument : CompactPrinter.arguments(replace)) {
      out.append(",\n");
      indent(level + 1);
      Quoted.append(out, argument);
    }
    close(level);
  }

  private void writeStages(LogExpr log, int level) {
    out.append(compact().write(log.selector()).text());
    for (Stage stage : log.stages()) {
      out.append('\n');
      indent(level + 1);
      out.append(compact().write(stage).text());
    }
    for (String end : CompactPrinter.ends(log)) {
      writePiped(end, level);
    }
  }

  private void writePiped(String text, int level) {
    out.append('\n');
    indent(level + 1);
    out.append("| ").append(text);
  }

  private void writeStats(MetricExpr.Stats stats, int level) {
    writeStages(stats.log(), level);
    writePiped(FieldText.stats(stats), level);
    for (StatsStep step : stats.steps()) {
      out.append('\n');
      indent(level + 1);
      out.append(compact().write(step, stats).text());
    }
  }

  private void writeProgram(MetricExpr.Program program, int level) {
    for (MetricExpr.Binding binding : program.bindings()) {
      out.append("let ").append(binding.name()).append(" =");
      boolean fits = fits(shortened().write(binding.value()));
      out.append(fits ? " " : "\n");
      write(binding.value(), fits ? 0 : level + 1);
      out.append(";\n");
    }
    write(program.body(), level);
  }

  private void write(LogRange range, int level) {
    if (fits(shortened().write(range))) {
      indent(level);
      out.append(compact().write(range).text());
      return;
    }
    write(range.log(), level);
    if (range.unwrap() != null) {
      out.append('\n');
      indent(level + 1);
      out.append(compact().write(range.unwrap()).text());
    }
    out.append(" [").append(DurationText.prometheus(range.rangeNanos())).append(']');
    if (range.offsetNanos() != 0) {
      out.append(" offset ").append(offset(range.offsetNanos()));
    }
  }

  private static String offset(long nanos) {
    String text = DurationText.prometheus(nanos);
    boolean isExact = nanos > 0 && DurationText.parsePrometheus(text) == nanos;
    return isExact ? text : DurationText.go(nanos);
  }

  private static CompactPrinter compact() {
    return new CompactPrinter(Spelling.FORMATTED, Integer.MAX_VALUE);
  }

  /** Writes no more than is needed to see that a node does not fit. */
  private static CompactPrinter shortened() {
    return new CompactPrinter(Spelling.FORMATTED, NODE_CHARACTERS_MAX);
  }

  private static boolean fits(CompactPrinter printed) {
    return printed.text().length() <= NODE_CHARACTERS_MAX;
  }

  private void close(int level) {
    out.append('\n');
    indent(level);
    out.append(')');
  }

  private void indent(int level) {
    out.repeat(INDENT, level);
  }
}
