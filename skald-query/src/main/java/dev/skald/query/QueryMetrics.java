package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.logql.engine.QueryParams;
import dev.skald.model.QueryStats;
import dev.skald.model.TenantId;
import org.jspecify.annotations.Nullable;

/** What the read path counts. Called once per query, by many threads. */
public interface QueryMetrics {
  /** What a query asks for, as metrics name it. */
  enum Type {
    METRIC("metric"),
    /** Of lines, with stages behind the selector. */
    FILTER("filter"),
    /** Of lines, by the selector alone. */
    LIMITED("limited");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** A turn was taken, after so long. */
  void waited(long nanos);

  /** A query was turned away because too many of its tenant wait. */
  void discarded(TenantId tenant);

  /** A query was refused by {@code blocked_queries}. */
  void blocked(TenantId tenant);

  /**
   * A query ended.
   *
   * @param failure null if it was answered
   * @param stats what it read; zeros if it failed
   * @param nanos wall time, waiting included
   */
  void finished(
      TenantId tenant,
      Type type,
      QueryParams.Kind kind,
      @Nullable ErrorKind failure,
      QueryStats stats,
      long nanos);

  /** Counts nothing. */
  QueryMetrics NONE =
      new QueryMetrics() {
        @Override
        public void waited(long nanos) {}

        @Override
        public void discarded(TenantId tenant) {}

        @Override
        public void blocked(TenantId tenant) {}

        @Override
        public void finished(
            TenantId tenant,
            Type type,
            QueryParams.Kind kind,
            @Nullable ErrorKind failure,
            QueryStats stats,
            long nanos) {}
      };
}
