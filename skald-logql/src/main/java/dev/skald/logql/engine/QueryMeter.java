package dev.skald.logql.engine;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.StageBudget;
import dev.skald.model.QueryStats;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What one query has used so far, held against its budget. Safe for concurrent use. */
final class QueryMeter implements StageBudget {
  /** More say nothing new. */
  private static final int WARNINGS_MAX = 10;

  /**
   * Units that templates may spend beyond what is allowed for each line: what a machine does in
   * some tenths of a second.
   */
  private static final long TEMPLATE_WORK_MAX = 4_000_000;

  private static final String TIMED_OUT =
      "request timed out, decrease the duration of the request or add more label matchers (prefer"
          + " exact match over regex match) to reduce the amount of data processed";
  private static final String GONE = "the request was cancelled by the client";

  private final Ticker ticker;
  private final QueryBudget budget;
  private final long startNanos;
  private final AtomicLong reservedBytes = new AtomicLong();
  private final AtomicLong templateWork = new AtomicLong();
  private final LongAdder lineBytes = new LongAdder();
  private final LongAdder lines = new LongAdder();
  private final LongAdder linesAfterFilters = new LongAdder();
  private final LongAdder metadataBytes = new LongAdder();
  private final LongAdder pages = new LongAdder();
  private final LongAdder streams = new LongAdder();
  private final LongAdder queueNanos = new LongAdder();
  private final Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());

  QueryMeter(Ticker ticker, QueryBudget budget) {
    this.ticker = ticker;
    this.budget = budget;
    startNanos = ticker.nowNanos();
  }

  @Override
  public void check() {
    if (budget.cancelled().getAsBoolean()) {
      throw SkaldException.of(ErrorKind.CANCELLED, GONE);
    }
    if (ticker.nowNanos() - budget.deadlineNanos() >= 0) {
      throw SkaldException.of(ErrorKind.TIMEOUT, TIMED_OUT);
    }
  }

  @Override
  public void reserve(long bytes) {
    long total = reservedBytes.addAndGet(bytes);
    if (total > budget.memoryBytesMax()) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "query needs more memory than it may use: bytes=%d max=%d; consider adding more specific"
              + " stream selectors, reducing the time range, or grouping by fewer labels, or raise"
              + " limits_config.max_query_memory",
          total,
          budget.memoryBytesMax());
    }
  }

  @Override
  public void release(long bytes) {
    reservedBytes.addAndGet(-bytes);
  }

  @Override
  public void spend(long work, long allowed) {
    long beyond = templateWork.addAndGet(work - allowed);
    if (beyond < 0) {
      templateWork.compareAndSet(beyond, 0); // what lines did not need is not saved up
    } else if (beyond > TEMPLATE_WORK_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "templates of this query do too much work: beyond what its lines allow=%d max=%d; write"
              + " less text, loop over less, or filter lines before the template",
          beyond,
          TEMPLATE_WORK_MAX);
    }
    check();
  }

  /** 0: no limit. */
  int seriesMax() {
    return budget.seriesMax();
  }

  /** How many series may go into an operator or a function. */
  int operandSeriesMax() {
    return switch (budget.seriesCounted()) {
      case RESULT -> SeriesLimit.NONE;
      case OPERANDS -> budget.seriesMax();
    };
  }

  long nowNanos() {
    return ticker.nowNanos();
  }

  /** A page was read, and so many of its rows, lines and metadata examined. */
  void countPage(long rows, long rowLineBytes, long rowMetadataBytes) {
    pages.increment();
    lines.add(rows);
    lineBytes.add(rowLineBytes);
    metadataBytes.add(rowMetadataBytes);
  }

  void countPassed(long rows) {
    linesAfterFilters.add(rows);
  }

  void countStreams(long count) {
    streams.add(count);
  }

  void countQueued(long nanos) {
    queueNanos.add(nanos);
  }

  /** Something that whoever reads the answer must know. */
  void warn(String warning) {
    if (warnings.size() < WARNINGS_MAX) {
      warnings.add(warning);
    }
  }

  List<String> warnings() {
    synchronized (warnings) {
      return List.copyOf(warnings);
    }
  }

  QueryStats stats(long entriesReturned) {
    return new QueryStats(
        lineBytes.sum(),
        lines.sum(),
        linesAfterFilters.sum(),
        metadataBytes.sum(),
        pages.sum(),
        0,
        entriesReturned,
        streams.sum(),
        ticker.nowNanos() - startNanos,
        queueNanos.sum());
  }
}
