package dev.skald.storage.index;

import dev.skald.bytes.ByteWriter;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Streams in the order of their labels, and those labels by name, as a {@link StreamTable} is
 * written from. Strings are compared only to sort the distinct values of each name: streams are
 * then sorted by the places of their labels among all labels.
 */
public final class StreamColumns {
  private final List<Labels> streams;

  /** Labels of all streams, stream by stream: which column, and which of its values. */
  private int[] columnOf;

  private int[] valueOf;

  /** Stream {@code s} has labels {@code starts[s]} to {@code starts[s + 1]} - 1. */
  private final int[] starts;

  private final TreeMap<String, ColumnValues> columns = new TreeMap<>();
  private int[] order;

  private StreamColumns(List<Labels> streams) {
    this.streams = streams;
    this.starts = new int[streams.size() + 1];
    this.columnOf = new int[Math.max(16, streams.size() * 4)];
    this.valueOf = new int[columnOf.length];
    collect();
    order = new int[0];
  }

  /**
   * @param streams distinct, in any order
   */
  public static StreamColumns sorted(List<Labels> streams) {
    StreamColumns columns = new StreamColumns(streams);
    columns.order = columns.sort();
    return columns;
  }

  /**
   * @param streams in strictly ascending order
   * @throws IllegalArgumentException if they are not
   */
  static StreamColumns ofSorted(List<Labels> streams) {
    for (int stream = 1; stream < streams.size(); stream++) {
      if (streams.get(stream - 1).compareTo(streams.get(stream)) >= 0) {
        throw new IllegalArgumentException("streams not strictly sorted at " + stream);
      }
    }
    StreamColumns columns = new StreamColumns(streams);
    columns.order = new int[streams.size()];
    Arrays.setAll(columns.order, place -> place);
    return columns;
  }

  /** How many streams there are. */
  public int count() {
    return order.length;
  }

  /** Which of the streams, as they were given, stands at a place of the order. */
  public int at(int place) {
    return order[place];
  }

  private void collect() {
    @Nullable ColumnValues[] lastAt = new ColumnValues[16]; // neighbours mostly have the same names
    int next = 0;
    for (int stream = 0; stream < streams.size(); stream++) {
      List<Label> labels = streams.get(stream).sorted();
      if (next + labels.size() > columnOf.length) {
        int length = Math.max(columnOf.length * 2, next + labels.size());
        columnOf = Arrays.copyOf(columnOf, length);
        valueOf = Arrays.copyOf(valueOf, length);
      }
      for (int i = 0; i < labels.size(); i++) {
        Label label = labels.get(i);
        ColumnValues last = i < lastAt.length ? lastAt[i] : null;
        ColumnValues column =
            last != null && last.name.equals(label.name()) ? last : column(label.name());
        if (i < lastAt.length) {
          lastAt[i] = column;
        }
        columnOf[next] = column.id;
        valueOf[next++] = column.values.add(label.value());
      }
      starts[stream + 1] = next;
    }
    columns.values().forEach(column -> column.values.sort());
  }

  private ColumnValues column(String name) {
    return columns.computeIfAbsent(name, n -> new ColumnValues(n, columns.size()));
  }

  /**
   * A name and its values.
   *
   * @param id columns are numbered as they come
   */
  private record ColumnValues(String name, int id, DistinctStrings values) {
    ColumnValues(String name, int id) {
      this(name, id, new DistinctStrings());
    }
  }

  private ColumnValues[] byId() {
    ColumnValues[] byId = new ColumnValues[columns.size()];
    columns.values().forEach(column -> byId[column.id] = column);
    return byId;
  }

  /** Streams by the places of their labels; one whose labels begin another's comes first. */
  private int[] sort() {
    int[] firstPlace = new int[columns.size()];
    int place = 1;
    for (ColumnValues column : columns.values()) {
      firstPlace[column.id] = place;
      place += column.values.count();
    }
    ColumnValues[] byId = byId();
    int[] places = new int[starts[streams.size()]];
    for (int i = 0; i < places.length; i++) {
      int column = columnOf[i];
      places[i] = firstPlace[column] + byId[column].values.place(valueOf[i]);
    }
    return TupleSort.sort(places, starts);
  }

  /** Appends the columns in order of their names. */
  void write(ByteWriter out) {
    int[][] members = new int[columns.size()][];
    int[] counts = new int[columns.size()];
    for (int i = 0; i < starts[streams.size()]; i++) {
      counts[columnOf[i]]++;
    }
    Arrays.setAll(members, column -> new int[counts[column] * 2]);
    Arrays.fill(counts, 0);
    for (int place = 0; place < order.length; place++) {
      for (int i = starts[order[place]]; i < starts[order[place] + 1]; i++) {
        int column = columnOf[i];
        members[column][counts[column]++] = place;
        members[column][counts[column]++] = valueOf[i];
      }
    }
    columns.values().forEach(column -> write(column, members[column.id], out));
  }

  private void write(ColumnValues column, int[] members, ByteWriter out) {
    long[] places = new long[members.length / 2];
    long[] ordinals = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = members[2 * i];
      ordinals[i] = column.values.place(members[2 * i + 1]);
    }
    LabelColumn.write(column.name, column.values.sorted(), places, ordinals, order.length, out);
  }

  int columnCount() {
    return columns.size();
  }

  /** The streams in order. */
  public List<Labels> inOrder() {
    List<Labels> sorted = new ArrayList<>(order.length);
    for (int stream : order) {
      sorted.add(streams.get(stream));
    }
    return sorted;
  }
}
