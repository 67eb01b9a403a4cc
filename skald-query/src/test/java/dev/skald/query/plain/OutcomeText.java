package dev.skald.query.plain;

import dev.skald.model.QueryResult;
import dev.skald.model.ResultStream;
import dev.skald.model.Series;
import java.util.List;

/** Outcomes as a failing test prints them: a line for each row or series. */
final class OutcomeText {
  private OutcomeText() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answer(QueryResult result) -> of(result);
      case Outcome.Rows(List<PlainRow> rows) -> lines(rows.stream().map(OutcomeText::of).toList());
      case Outcome.Vectors(List<PlainVector> vectors) -> lines(vectors);
      case Outcome.Failed(String message, boolean _) -> "failed: " + message;
      case Outcome.Open(String reason) -> "open: " + reason;
    };
  }

  private static String of(QueryResult result) {
    return switch (result) {
      case QueryResult.Streams(List<ResultStream> streams, var _) -> lines(streams);
      case QueryResult.Matrix(List<Series> series) -> lines(series);
      case QueryResult.Vector(List<Series> series) -> lines(series);
      case QueryResult.Scalar scalar -> scalar.toString();
    };
  }

  private static String of(PlainRow row) {
    return row.entry.epochNanos()
        + " "
        + row.streamLabels()
        + " metadata="
        + row.metadataLabels()
        + " parsed="
        + row.parsedLabels()
        + " "
        + row.line;
  }

  private static String lines(List<?> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append("\n  ").append(part));
    return text.toString();
  }
}
