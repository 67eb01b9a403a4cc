package dev.skald.query;

import dev.skald.logql.engine.QueryAnswer;
import dev.skald.model.QueryResult;
import dev.skald.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Logs Drilldown would rather have some series and a warning than an error for too many (spec logql.md 8.11).
 */
final class PartialSeries {
  private static final String SOURCE = "source";
  private static final String DRILLDOWN = "grafana-lokiexplore-app";

  private PartialSeries() {}

  static boolean areWanted(Map<String, String> tags) {
    return DRILLDOWN.equals(tags.get(SOURCE));
  }

  /** The answer with at most so many series. */
  static QueryAnswer of(QueryAnswer answer, int seriesMax) {
    return switch (answer.result()) {
      case QueryResult.Matrix(var series) when series.size() > seriesMax ->
          cut(answer, new QueryResult.Matrix(first(series, seriesMax)), seriesMax);
      case QueryResult.Vector(var series) when series.size() > seriesMax ->
          cut(answer, new QueryResult.Vector(first(series, seriesMax)), seriesMax);
      case QueryResult.Matrix _,
          QueryResult.Vector _,
          QueryResult.Scalar _,
          QueryResult.Streams _ ->
          answer;
    };
  }

  private static List<Series> first(List<Series> series, int count) {
    return series.subList(0, count);
  }

  private static QueryAnswer cut(QueryAnswer whole, QueryResult part, int seriesMax) {
    List<String> warnings = new ArrayList<>(whole.warnings());
    warnings.add(
        "maximum number of series ("
            + seriesMax
            + ") reached for a single query; returning partial results");
    return new QueryAnswer(part, whole.stats(), warnings);
  }
}
