package dev.skald.query;

import java.util.List;
import java.util.Map;

/**
 * A rule of {@code blocked_queries} (spec limits.md 2.1).
 *
 * @param pattern the query's text, blanks around it left out; empty fits every query
 * @param isRegex the pattern is an RE2 expression that is found anywhere in the text
 * @param hash if not 0, the 32-bit FNV-1 of the text, looked at in place of the pattern
 * @param kinds only these; none: all
 * @param tags all of them must come with the request; names and values in lower case
 */
public record BlockedQuery(
    String pattern, boolean isRegex, long hash, List<Kind> kinds, Map<String, String> tags) {
  /** Kinds of queries. */
  public enum Kind {
    METRIC,
    /** A log query with stages. */
    FILTER,
    /** A log query without. */
    LIMITED
  }

  public BlockedQuery {
    kinds = List.copyOf(kinds);
    tags = Map.copyOf(tags);
  }
}
