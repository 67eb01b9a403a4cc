package dev.skald.query.plain;

import dev.skald.logql.syntax.MetricExpr.Conversion;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.Stage;
import java.util.List;
import java.util.OptionalDouble;

/** Stages one after another, as they stand (spec logql.md 6). */
final class PlainPipeline {
  private PlainPipeline() {}

  /** Whether the row passes all stages. */
  static boolean passes(List<Stage> stages, PlainRow row) {
    for (Stage stage : stages) {
      if (!passes(stage, row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean passes(Stage stage, PlainRow row) {
    switch (stage) {
      case Stage.LineFilter filter -> {
        return PlainLineFilters.keeps(filter, row.line);
      }
      case Stage.LabelFilter filter -> {
        return PlainLabelFilters.test(filter.condition(), row);
      }
      case Stage.Json json -> PlainJson.parse(json, row);
      case Stage.Logfmt logfmt -> PlainLogfmt.parse(logfmt, row);
      case Stage.Regexp regexp -> PlainTextParsers.regexp(regexp.expression(), row);
      case Stage.Pattern pattern -> PlainTextParsers.pattern(pattern.pattern(), row);
      case Stage.Unpack _ -> PlainUnpack.parse(row);
      case Stage.LineFormat format -> PlainFormats.line(format.template(), row);
      case Stage.LabelFormat format -> PlainFormats.labels(format.formats(), row);
      case Stage.Decolorize _ -> PlainFormats.decolorize(row);
      case Stage.Extracted _ -> throw new IllegalArgumentException("no text has it: " + stage);
      case Stage.Drop drop -> PlainFormats.drop(drop.labels(), row);
      case Stage.Keep keep -> PlainFormats.keep(keep.labels(), row);
      case Stage.Unwrap(Conversion conversion, String label, var _) -> {
        return number(conversion, label, row).isPresent();
      }
    }
    return true;
  }

  /**
   * The number in a label (spec logql.md 6.15); empty if the row gives no sample. What cannot be
   * converted is 0 and an error.
   */
  static OptionalDouble unwrapped(Unwrap unwrap, PlainRow row) {
    OptionalDouble value = number(unwrap.conversion(), unwrap.label(), row);
    for (Stage.LabelFilter filter : unwrap.filters()) {
      if (value.isEmpty() || !PlainLabelFilters.test(filter.condition(), row)) {
        return OptionalDouble.empty();
      }
    }
    return value;
  }

  private static OptionalDouble number(Conversion conversion, String label, PlainRow row) {
    String text = row.get(label);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble value =
        switch (conversion) {
          case NONE -> PlainNumbers.number(text);
          case BYTES -> PlainNumbers.size(text);
          case DURATION, DURATION_SECONDS -> {
            OptionalDouble nanos = PlainNumbers.duration(text);
            yield nanos.isEmpty() ? nanos : OptionalDouble.of(nanos.getAsDouble() / 1e9);
          }
        };
    if (value.isEmpty()) {
      row.setError("SampleExtractionErr", "cannot convert " + text);
      value = OptionalDouble.of(0);
    }
    return value;
  }
}
