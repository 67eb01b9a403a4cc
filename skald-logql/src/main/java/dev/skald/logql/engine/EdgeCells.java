package dev.skald.logql.engine;

import dev.skald.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * The oldest or the newest sample: {@code first_over_time}, {@code last_over_time}. Of samples of
 * the same time the stream's labels decide, then the order of arrival: so the answer does not
 * change when entries move to other pages.
 */
final class EdgeCells extends Cells {
  private final Edge edge;
  private final double[] values;
  private final long[] epochNanos;
  private final long[] arrivals;

  /** Null: untouched. */
  private final @Nullable Labels[] streams;

  /** Which end. */
  enum Edge {
    FIRST,
    LAST
  }

  EdgeCells(Edge edge, int size) {
    this.edge = edge;
    values = new double[size];
    epochNanos = new long[size];
    arrivals = new long[size];
    streams = new Labels[size];
  }

  @Override
  EdgeCells empty(int size) {
    return new EdgeCells(edge, size);
  }

  @Override
  int size() {
    return values.length;
  }

  @Override
  int bytesPerCell() {
    return 4 * Long.BYTES;
  }

  @Override
  boolean touched(int cell) {
    return streams[cell] != null;
  }

  @Override
  void add(int cell, Observation o) {
    add(cell, o.epochNanos, o.stream, o.arrival, o.value);
  }

  private void add(int cell, long time, Labels stream, long arrival, double value) {
    Labels known = streams[cell];
    if (known != null) {
      int later = Long.compare(time, epochNanos[cell]);
      if (later == 0) {
        later = stream.compareTo(known);
      }
      if (later == 0) {
        later = Long.compare(arrival, arrivals[cell]);
      }
      if (edge == Edge.FIRST ? later >= 0 : later <= 0) {
        return;
      }
    }
    epochNanos[cell] = time;
    streams[cell] = stream;
    arrivals[cell] = arrival;
    values[cell] = value;
  }

  @Override
  void merge(int cell, Cells other, int otherCell) {
    EdgeCells theirs = (EdgeCells) other;
    Labels stream = theirs.streams[otherCell];
    if (stream != null) {
      add(
          cell,
          theirs.epochNanos[otherCell],
          stream,
          theirs.arrivals[otherCell],
          theirs.values[otherCell]);
    }
  }

  @Override
  void clear(int cell) {
    streams[cell] = null;
  }

  @Override
  double result(int cell) {
    return values[cell];
  }
}
