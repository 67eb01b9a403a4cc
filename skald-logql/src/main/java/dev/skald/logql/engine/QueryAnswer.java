package dev.skald.logql.engine;

import dev.skald.model.QueryResult;
import dev.skald.model.QueryStats;
import java.util.List;

/**
 * A result and what it cost.
 *
 * @param warnings what a reader must know: damaged pages that were left out; mostly empty
 */
public record QueryAnswer(QueryResult result, QueryStats stats, List<String> warnings) {
  public QueryAnswer {
    warnings = List.copyOf(warnings);
  }
}
