package dev.skald.query.plain;

import dev.skald.model.QueryResult;

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
                kind(message).equals(kind(other)) ? "" : other + " expected: " + message;
            case Outcome.Answer _ -> mayPass ? "" : "an answer, expected: " + message;
            case Outcome.Rows _, Outcome.Vectors _, Outcome.Open _ -> "no engine's outcome";
          };
      case Outcome.Rows(var rows) ->
          engine instanceof Outcome.Answer(QueryResult.Streams streams)
              ? new LogAgreement(rows, question.params().direction(), question.params().limit())
                  .difference(streams)
              : "no streams: " + engine;
      case Outcome.Vectors(var vectors) ->
          engine instanceof Outcome.Answer(QueryResult result)
              ? new MetricAgreement(question, vectors).difference(result)
              : "no answer: " + engine;
      case Outcome.Answer _ -> "no outcome of the plain path";
    };
  }

  private static String kind(String message) {
    if (message.startsWith("pipeline error")) {
      return "pipeline";
    }
    return message.contains("match") ? "matching" : message;
  }
}
