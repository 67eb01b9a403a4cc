package dev.skald.logql.engine;

import dev.skald.logql.pipeline.RowLabels;
import dev.skald.logql.syntax.Field;
import dev.skald.logql.syntax.SortKey;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order that {@code order by} asks for. What its keys leave open is decided by the entries'
 * times, then their streams, then their arrival.
 */
final class EntryOrder {
  private final List<SortKey> keys;

  private EntryOrder(List<SortKey> keys) {
    this.keys = keys;
  }

  /** Null if time alone decides: then not all entries need to be seen. */
  static @Nullable EntryOrder beyondTime(List<SortKey> keys) {
    boolean isByTime = keys.size() == 1 && keys.getFirst().field() instanceof Field.EntryTime;
    return isByTime ? null : new EntryOrder(keys);
  }

  /**
   * What decides an entry's place.
   *
   * @param values per key, that of the label; MISSING for other keys
   * @param source labels of the stream as stored
   */
  record Rank(List<SortValue> values, long epochNanos, Labels source, long pageOrder, int row) {}

  /** The values of the keys. */
  List<SortValue> values(RowLabels labels) {
    List<SortValue> values = new ArrayList<>(keys.size());
    for (SortKey key : keys) {
      values.add(
          switch (key.field()) {
            case Field.Label(String name) -> new SortValue(labels.number(name), labels.get(name));
            case Field.EntryTime _ -> SortValue.MISSING;
            case Field.Line _, Field.Value _ ->
                throw new IllegalStateException("log queries are not sorted by " + key.field());
          });
    }
    return values;
  }

  int compare(Rank a, Rank b) {
    for (int i = 0; i < keys.size(); i++) {
      SortKey key = keys.get(i);
      int order =
          key.field() instanceof Field.EntryTime
              ? directed(Long.compare(a.epochNanos, b.epochNanos), key.order())
              : compare(a.values.get(i), b.values.get(i), key.order());
      if (order != 0) {
        return order;
      }
    }
    int byTime = Long.compare(a.epochNanos, b.epochNanos);
    if (byTime != 0) {
      return byTime;
    }
    int bySource = a.source.compareTo(b.source);
    if (bySource != 0) {
      return bySource;
    }
    int byPage = Long.compare(a.pageOrder, b.pageOrder);
    return byPage != 0 ? byPage : Integer.compare(a.row, b.row);
  }

  /** Missing values come last in both directions. */
  static int compare(SortValue a, SortValue b, SortKey.Order order) {
    if (a.isMissing() || b.isMissing()) {
      return Boolean.compare(a.isMissing(), b.isMissing());
    }
    return directed(a.compareTo(b), order);
  }

  private static int directed(int ascending, SortKey.Order order) {
    return order == SortKey.Order.ASCENDING ? ascending : -ascending;
  }
}
