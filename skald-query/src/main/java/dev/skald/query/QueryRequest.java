package dev.skald.query;

import dev.skald.logql.engine.QueryParams;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A query as it came through the door: its text and its parameters, read but not yet checked against limits.
 *
 * @param tags of the header X-Query-Tags; names and values in lower case
 * @param limits that the client sets for this query
 * @param cancelled true once the client has gone; asked now and then while the query runs
 */
public record QueryRequest(
    String query,
    QueryParams params,
    Map<String, String> tags,
    RequestLimits limits,
    BooleanSupplier cancelled) {
  public QueryRequest {
    tags = Map.copyOf(tags);
  }

  /** Without tags and limits. */
  public QueryRequest(String query, QueryParams params, BooleanSupplier cancelled) {
    this(query, params, Map.of(), RequestLimits.NONE, cancelled);
  }
}
