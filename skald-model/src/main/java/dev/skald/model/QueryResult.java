package dev.skald.model;

import java.util.List;

/** What a query answers. Lists are in the order in which they are to be written. */
public sealed interface QueryResult {
  /**
   * A log query.
   *
   * @param order with AS_GIVEN the same labels may come several times: streams are runs of entries, and read one after
   *     the other they give the answer's order, which whoever groups them must keep
   */
  record Streams(List<ResultStream> streams, Order order) implements QueryResult {
    /** Of streams, and of the entries in them. */
    public enum Order {
      /** Streams by label string, entries by time in the query's direction. */
      BY_LABELS,
      AS_GIVEN
    }

    public Streams {
      streams = List.copyOf(streams);
    }

    public Streams(List<ResultStream> streams) {
      this(streams, Order.BY_LABELS);
    }
  }

  /** A metric query over a range. */
  record Matrix(List<Series> series) implements QueryResult {
    public Matrix {
      series = List.copyOf(series);
    }
  }

  /** A metric query at one time: each series has one sample. */
  record Vector(List<Series> series) implements QueryResult {
    public Vector {
      series = List.copyOf(series);
    }
  }

  /** A number. */
  record Scalar(Sample sample) implements QueryResult {}
}
