package dev.skald.logql.syntax;

import java.util.List;
import java.util.OptionalInt;

/**
 * {@code | order by a desc, timestamp | limit 5} at the end of a log query.
 *
 * @param keys the first decides, the others among equals
 * @param limit positive; absent: the request's alone
 */
public record Ordering(List<SortKey> keys, OptionalInt limit) {
  public Ordering {
    keys = List.copyOf(keys);
  }
}
