package dev.skald.logql.engine;

/**
 * What one query may use. Beyond it the query ends with an error that names the limit.
 *
 * @param memoryBytesMax bytes that results and intermediate state may take, as counted by the
 *     engine
 * @param deadlineNanos on the {@link dev.skald.clock.Ticker}'s scale
 * @param seriesMax distinct series of the final result (spec logql.md 8.11); 0: no limit
 * @param cancelled asked now and then; true when the client has gone
 */
public record QueryBudget(
    long memoryBytesMax,
    long deadlineNanos,
    int seriesMax,
    java.util.function.BooleanSupplier cancelled) {}
