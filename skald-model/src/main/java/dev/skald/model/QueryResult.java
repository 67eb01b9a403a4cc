package dev.skald.model;

import java.util.List;

/** What a query answers. Lists are in the order in which they are to be written. */
public sealed interface QueryResult {
  /** A log query. */
  record Streams(List<ResultStream> streams) implements QueryResult {
    public Streams {
      streams = List.copyOf(streams);
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
