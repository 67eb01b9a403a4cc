package dev.skald.logql.engine;

import java.util.function.BooleanSupplier;

/**
 * What one query may use. Beyond it the query ends with an error that names the limit.
 *
 * @param memoryBytesMax bytes that results and intermediate state may take, as counted by the
 *     engine
 * @param deadlineNanos on the {@link dev.skald.clock.Ticker}'s scale
 * @param seriesMax distinct series (spec logql.md 8.11); 0: no limit
 * @param seriesCounted whose series
 * @param cancelled asked now and then; true when the client has gone
 */
public record QueryBudget(
    long memoryBytesMax,
    long deadlineNanos,
    int seriesMax,
    SeriesCounted seriesCounted,
    BooleanSupplier cancelled) {
  /** Which series a limit is for. */
  public enum SeriesCounted {
    RESULT,
    /** Also those that go into {@code topk}, {@code sort}, {@code label_replace} and operators. */
    OPERANDS
  }

  /** As above; the result's series count. */
  public QueryBudget(
      long memoryBytesMax, long deadlineNanos, int seriesMax, BooleanSupplier cancelled) {
    this(memoryBytesMax, deadlineNanos, seriesMax, SeriesCounted.RESULT, cancelled);
  }
}
