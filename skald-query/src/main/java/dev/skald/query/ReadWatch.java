package dev.skald.query;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.PageRef;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Stops work that reads pages outside the engine when its time is over or its client has gone.
 *
 * @param deadlineNanos on the ticker's scale
 */
record ReadWatch(Ticker ticker, long deadlineNanos, BooleanSupplier cancelled) {
  static final String GONE = "the request was cancelled by the client";

  private static final String TIMED_OUT =
      "request timed out, decrease the duration of the request or add more label matchers (prefer"
          + " exact match over regex match) to reduce the amount of data processed";

  static ReadWatch start(Ticker ticker, QueryLimits limits, BooleanSupplier cancelled) {
    return new ReadWatch(ticker, deadline(ticker, limits), cancelled);
  }

  /** When a query that begins now has to be done. */
  static long deadline(Ticker ticker, QueryLimits limits) {
    long timeoutNanos = limits.queryTimeoutNanos();
    return ticker.nowNanos() + (timeoutNanos <= 0 ? Long.MAX_VALUE / 2 : timeoutNanos);
  }

  /** Works on the pages one after the other; damaged ones, which the store has told of, are left out. */
  void forEach(List<PageRef> pages, Consumer<PageRef> work) {
    for (PageRef page : pages) {
      check();
      try {
        work.accept(page);
      } catch (SkaldException e) {
        if (e.kind() != ErrorKind.CORRUPT) {
          throw e;
        }
      }
    }
  }

  /**
   * @throws SkaldException CANCELLED or TIMEOUT
   */
  void check() {
    if (cancelled.getAsBoolean()) {
      throw SkaldException.of(ErrorKind.CANCELLED, GONE);
    }
    if (ticker.nowNanos() - deadlineNanos > 0) {
      throw SkaldException.of(ErrorKind.TIMEOUT, TIMED_OUT);
    }
  }
}
