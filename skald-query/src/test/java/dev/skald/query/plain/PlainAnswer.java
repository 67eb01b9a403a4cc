package dev.skald.query.plain;

import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.model.QuerySpan;
import java.util.ArrayList;
import java.util.List;

/** Asks the plain path. */
final class PlainAnswer {
  private PlainAnswer() {}

  static Outcome of(Question question, List<PlainEntry> entries) {
    QueryParams params = question.params();
    PlainEvaluator evaluator = new PlainEvaluator(entries, params.startEpochNanos());
    try {
      return switch (question.expr()) {
        case LogExpr log ->
            new Outcome.Rows(
                evaluator.log(
                    log, new QuerySpan(params.startEpochNanos(), params.endEpochNanos())));
        case MetricExpr metric -> {
          List<PlainVector> vectors = new ArrayList<>();
          for (long time : times(question)) {
            vectors.add(evaluator.metric(metric, time));
          }
          yield new Outcome.Vectors(vectors);
        }
      };
    } catch (PlainFailure e) {
      return new Outcome.Failed(e.getMessage(), e.mayPass());
    } catch (PlainUndetermined e) {
      return new Outcome.Open(e.getMessage());
    }
  }

  /** The times at which a metric query is evaluated (spec logql.md 8.2). */
  static List<Long> times(Question question) {
    QueryParams params = question.params();
    if (params.kind() == QueryParams.Kind.INSTANT || question.expr().hasStats()) {
      return List.of(params.endEpochNanos());
    }
    List<Long> times = new ArrayList<>();
    for (long t = params.startEpochNanos(); t <= params.endEpochNanos(); t += params.stepNanos()) {
      times.add(t);
    }
    return times;
  }
}
