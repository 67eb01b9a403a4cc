package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.model.Quoted;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes trees on one line, in time linear in the text. For one text. */
final class CompactPrinter {
  private final Spelling spelling;
  private final int charactersMax;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param charactersMax once the text is longer than this, nodes may be left out
   */
  CompactPrinter(Spelling spelling, int charactersMax) {
    this.spelling = spelling;
    this.charactersMax = charactersMax;
  }

  /** All that was written. */
  String text() {
    return out.toString();
  }

  private boolean isFull() {
    return out.length() > charactersMax;
  }

  CompactPrinter write(Expr expr) {
    if (isFull()) {
      return this;
    }
    switch (expr) {
      case LogExpr log -> write(log);
      case MetricExpr.RangeAggregation range -> {
        out.append(range.function().text()).append('(');
        if (range.parameter() != null) {
          out.append(NumberText.shortest(range.parameter())).append(',');
        }
        write(range.range());
        out.append(')');
        write(range.grouping());
      }
      case VectorAggregation vector -> {
        out.append(vector.operator().text());
        write(vector.grouping());
        out.append('(');
        if (takesParameter(vector)) {
          out.append(vector.parameter()).append(',');
        }
        write(vector.inner());
        out.append(')');
      }
      case MetricExpr.BinaryOperation operation -> {
        out.append('(');
        writeOperand(operation.left());
        out.append(' ');
        writeOperator(operation);
        out.append(' ');
        writeOperand(operation.right());
        out.append(')');
      }
      case MetricExpr.Literal literal -> out.append(spelling.literal(literal.value()));
      case MetricExpr.VectorLiteral vector ->
          out.append("vector(").append(spelling.vector(vector.value())).append(')');
      case MetricExpr.LabelReplace replace -> {
        out.append("label_replace(");
        writeOperand(replace.inner());
        for (String argument : arguments(replace)) {
          out.append(',');
          Quoted.append(out, argument);
        }
        out.append(')');
      }
      case MetricExpr.Variants variants -> {
        out.append("variants(");
        String separator = "";
        for (MetricExpr variant : variants.variants()) {
          out.append(separator);
          write(variant);
          separator = ", ";
        }
        out.append(") of (");
        write(variants.of());
        out.append(')');
      }
      case MetricExpr.Stats stats -> {
        write(stats.log());
        writePiped(FieldText.stats(stats));
        for (StatsStep step : stats.steps()) {
          out.append(' ');
          write(step, stats);
        }
      }
      case MetricExpr.Program program -> {
        for (MetricExpr.Binding binding : program.bindings()) {
          out.append("let ").append(binding.name()).append(" = ");
          write(binding.value());
          out.append("; ");
        }
        write(program.body());
      }
      case MetricExpr.Reference reference -> out.append(reference.name());
    }
    return this;
  }

  /** Behind {@code stats} an operator or a comma would be taken for part of it. */
  private void writeOperand(MetricExpr operand) {
    if (operand instanceof MetricExpr.Stats) {
      out.append('(');
      write(operand);
      out.append(')');
    } else {
      write(operand);
    }
  }

  private void writePiped(String text) {
    out.append(" | ").append(text);
  }

  /** A step behind {@code stats}, from its {@code |} on. */
  CompactPrinter write(StatsStep step, MetricExpr.Stats stats) {
    switch (step) {
      case StatsStep.Having(Stage.LabelFilter filter) -> write(filter);
      case StatsStep.Sort(List<SortKey> keys) ->
          out.append("| sort by ").append(FieldText.sort(keys, stats.functions()));
      case StatsStep.Limit(int count) -> out.append("| limit ").append(count);
    }
    return this;
  }

  static boolean takesParameter(VectorAggregation vector) {
    return switch (vector.operator()) {
      case TOPK, BOTTOMK, APPROX_TOPK -> true;
      case SUM, AVG, MAX, MIN, COUNT, STDDEV, STDVAR, SORT, SORT_DESC -> false;
    };
  }

  static List<String> arguments(MetricExpr.LabelReplace replace) {
    return List.of(replace.target(), replace.replacement(), replace.source(), replace.regex());
  }

  /** The operator with its modifiers, without the blanks around it. */
  CompactPrinter writeOperator(MetricExpr.BinaryOperation operation) {
    Matching matching = operation.matching();
    out.append(operation.operator().text());
    if (matching.returnsBool()) {
      out.append(" bool");
    }
    matching
        .on()
        .ifPresent(on -> writeLabels(on.kind().name().toLowerCase(Locale.ROOT), on.labels()));
    switch (matching.cardinality()) {
      case MANY_TO_ONE -> writeGroup("group_left", operation);
      case ONE_TO_MANY -> writeGroup("group_right", operation);
      case ONE_TO_ONE -> {
        if (operation.operator().isSet() && matching.on().isPresent()) {
          out.append(' ');
        }
      }
    }
    return this;
  }

  private void writeGroup(String word, MetricExpr.BinaryOperation operation) {
    List<String> include = operation.matching().include();
    // before a parenthesis even an empty list must be written, else the right leg reads as the list
    if (include.isEmpty() && !startsWithParenthesis(operation.right())) {
      out.append(' ').append(word);
    } else {
      writeLabels(word, include);
    }
  }

  private boolean startsWithParenthesis(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.BinaryOperation _, MetricExpr.Stats _ -> true;
      case MetricExpr.Literal literal -> spelling.literal(literal.value()).startsWith("(");
      case MetricExpr.RangeAggregation _,
          VectorAggregation _,
          MetricExpr.VectorLiteral _,
          MetricExpr.LabelReplace _,
          MetricExpr.Program _,
          MetricExpr.Reference _,
          MetricExpr.Variants _ ->
          false;
    };
  }

  /** {@code  by (a,b)} with the blank before it; nothing for no grouping. */
  CompactPrinter write(@Nullable Grouping grouping) {
    if (grouping != null) {
      writeLabels(grouping.kind().name().toLowerCase(Locale.ROOT), grouping.labels());
    }
    return this;
  }

  private void writeLabels(String word, List<String> labels) {
    out.append(' ').append(word).append(" (").append(String.join(",", labels)).append(')');
  }

  CompactPrinter write(LogExpr log) {
    write(log.selector());
    for (Stage stage : log.stages()) {
      out.append(' ');
      write(stage);
    }
    for (String end : ends(log)) {
      writePiped(end);
    }
    return this;
  }

  /** What stands behind the stages of a log query, without the {@code |} before each. */
  static List<String> ends(LogExpr log) {
    Ordering order = log.order();
    if (order == null) {
      return List.of();
    }
    String keys = "order by " + FieldText.sort(order.keys(), List.of());
    return order.limit().isPresent()
        ? List.of(keys, "limit " + order.limit().getAsInt())
        : List.of(keys);
  }

  CompactPrinter write(Selector selector) {
    out.append('{');
    String separator = "";
    for (var matcher : selector.matchers()) {
      out.append(separator).append(matcher);
      separator = ", ";
    }
    out.append('}');
    return this;
  }

  CompactPrinter write(LogRange range) {
    write(range.log());
    if (range.unwrap() != null) {
      out.append(' ');
      write(range.unwrap());
    }
    out.append('[').append(DurationText.prometheus(range.rangeNanos())).append(']');
    if (range.offsetNanos() != 0) {
      out.append(" offset ").append(DurationText.go(range.offsetNanos()));
    }
    return this;
  }

  CompactPrinter write(Unwrap unwrap) {
    writeUnwrap(unwrap.conversion(), unwrap.label());
    for (Stage.LabelFilter filter : unwrap.filters()) {
      out.append(' ');
      write(filter);
    }
    return this;
  }

  private void writeUnwrap(MetricExpr.Conversion conversion, String label) {
    out.append("| unwrap ");
    switch (conversion) {
      case NONE -> out.append(label);
      case BYTES, DURATION, DURATION_SECONDS ->
          out.append(conversion.name().toLowerCase(Locale.ROOT))
              .append('(')
              .append(label)
              .append(')');
    }
  }

  CompactPrinter write(Stage stage) {
    if (isFull()) {
      return this;
    }
    switch (stage) {
      case Stage.LineFilter filter -> writeLineFilter(filter);
      case Stage.Json json -> {
        out.append("| json");
        writeExtractions(json.extractions());
      }
      case Stage.Logfmt logfmt -> {
        out.append("| logfmt");
        logfmt.flags().forEach(flag -> out.append(' ').append(flag.text()));
        writeExtractions(logfmt.extractions());
      }
      case Stage.Regexp regexp -> writeWithText("regexp", regexp.expression());
      case Stage.Pattern pattern -> writeWithText("pattern", pattern.pattern());
      case Stage.Unpack _ -> out.append("| unpack");
      case Stage.LabelFilter filter -> {
        out.append("| ");
        write(filter.condition());
      }
      case Stage.LineFormat format -> writeWithText("line_format", format.template());
      case Stage.LabelFormat format -> writeFormats(format.formats());
      case Stage.Decolorize _ -> out.append("| decolorize");
      case Stage.Unwrap unwrap -> writeUnwrap(unwrap.conversion(), unwrap.label());
      case Stage.Drop drop -> writeNamed("drop", drop.labels());
      case Stage.Keep keep -> writeNamed("keep", keep.labels());
      case Stage.Extracted _ -> {
        // is not written
      }
    }
    return this;
  }

  private void writeWithText(String stage, String text) {
    out.append("| ").append(stage).append(' ');
    Quoted.append(out, text);
  }

  private void writeLineFilter(Stage.LineFilter filter) {
    out.append(filter.match().text());
    String separator = " ";
    for (Stage.Operand operand : filter.operands()) {
      out.append(separator);
      switch (operand) {
        case Stage.Operand.Text text -> Quoted.append(out, text.text());
        case Stage.Operand.Ip ip -> writeIp(ip.pattern());
      }
      separator = " or ";
    }
  }

  private void writeIp(String pattern) {
    out.append("ip(");
    Quoted.append(out, pattern);
    out.append(')');
  }

  private void writeExtractions(List<Stage.Extraction> extractions) {
    String separator = " ";
    for (Stage.Extraction extraction : extractions) {
      out.append(separator).append(extraction.identifier()).append('=');
      Quoted.append(out, extraction.expression());
      separator = ",";
    }
  }

  private void writeFormats(List<Stage.Format> formats) {
    String separator = "| label_format ";
    for (Stage.Format format : formats) {
      out.append(separator).append(format.target()).append('=');
      switch (format) {
        case Stage.Format.Rename rename -> out.append(rename.source());
        case Stage.Format.Template template -> Quoted.append(out, template.template());
      }
      separator = ",";
    }
  }

  private void writeNamed(String stage, List<Stage.Named> labels) {
    out.append("| ").append(stage);
    String separator = " ";
    for (Stage.Named label : labels) {
      out.append(separator);
      switch (label) {
        case Stage.Named.Name name -> out.append(name.name());
        case Stage.Named.Matching matching -> out.append(matching.matcher());
      }
      separator = ",";
    }
  }

  private void write(LabelCondition condition) {
    if (isFull()) {
      return;
    }
    switch (condition) {
      case LabelCondition.Text text -> out.append(text.matcher());
      case LabelCondition.Numeric number ->
          out.append(number.name())
              .append(number.comparison().text())
              .append(spelling.filterNumber(number.value()));
      case LabelCondition.Duration duration ->
          out.append(duration.name())
              .append(duration.comparison().text())
              .append(DurationText.go(duration.nanos()));
      case LabelCondition.Bytes bytes ->
          out.append(bytes.name())
              .append(bytes.comparison().text())
              .append(spelling.bytes(bytes.bytes()));
      case LabelCondition.Ip ip -> {
        boolean isEqual = ip.comparison() == LabelCondition.Comparison.EQUAL;
        out.append(ip.name()).append(isEqual ? "=" : "!=");
        writeIp(ip.pattern());
      }
      case LabelCondition.Timestamp time ->
          out.append(LabelCondition.Timestamp.NAME)
              .append(time.comparison().text())
              .append(spelling.filterNumber(time.number()));
      case LabelCondition.TimestampText time -> {
        out.append(LabelCondition.Timestamp.NAME).append(time.comparison().text());
        Quoted.append(out, time.text());
      }
      case LabelCondition.And(LabelCondition left, LabelCondition right) ->
          writePair(left, " , ", right);
      case LabelCondition.Or(LabelCondition left, LabelCondition right) ->
          writePair(left, " or ", right);
    }
  }

  private void writePair(LabelCondition left, String joint, LabelCondition right) {
    out.append("( ");
    write(left);
    out.append(joint);
    write(right);
    out.append(" )");
  }
}
