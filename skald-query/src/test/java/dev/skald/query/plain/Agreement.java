package dev.skald.query.plain;

import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.model.QueryResult;
import java.util.List;

/** Compares what the plain path says with what the engine says. */
final class Agreement {
  private Agreement() {}

  /** What is wrong with the engine's outcome; empty if nothing is. */
  static String difference(Question question, Outcome plain, Outcome engine) {
    return switch (plain) {
      case Outcome.Open _ -> "";
      case Outcome.Failed(String message, boolean mayPass) ->
          switch (engine) {
            case Outcome.Failed(String other, boolean _) ->
                isOfQuery(other) ? "" : other + " expected: " + message;
            case Outcome.Answer _ ->
                mayPass && mayElide(question) ? "" : "an answer, expected: " + message;
            case Outcome.Rows _, Outcome.Vectors _, Outcome.Open _ -> "no engine's outcome";
          };
      case Outcome.Rows(var rows) ->
          engine instanceof Outcome.Answer(QueryResult.Streams streams)
              ? ofRows(question, rows, streams)
              : "no streams: " + engine;
      case Outcome.Vectors(var vectors) ->
          engine instanceof Outcome.Answer(QueryResult result)
              ? new MetricAgreement(question, vectors).difference(result)
              : "no answer: " + engine;
      case Outcome.Answer _ -> "no outcome of the plain path";
    };
  }

  private static String ofRows(
      Question question, List<PlainRow> rows, QueryResult.Streams streams) {
    QueryParams params = question.params();
    if (question.expr() instanceof LogExpr log && log.order() != null) {
      return SortedAgreement.difference(log.order(), rows, params.limit(), streams);
    }
    return params.intervalNanos() > 0
        ? ThinnedAgreement.difference(rows, params, streams)
        : new LogAgreement(rows, params.direction(), params.limit()).difference(streams);
  }

  /** Below a sum parsers need not run to the end of a line (spec logql.md 8.10). */
  private static boolean mayElide(Question question) {
    return question.query().contains("sum");
  }

  /**
   * Whether the query fails by its own fault. A query may have several, at different times or in
   * different parts, and which of them is named is open.
   */
  private static boolean isOfQuery(String message) {
    return message.startsWith("pipeline error") || message.contains("match");
  }
}
