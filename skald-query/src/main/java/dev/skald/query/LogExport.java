package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.LogPage;
import dev.skald.logql.engine.PagePosition;
import dev.skald.logql.engine.QueryParams;
import dev.skald.model.QueryStats;
import dev.skald.model.ResultEntry;
import dev.skald.model.TenantId;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a log query, as many as there are, one page after the other: what is in memory at a time is one page,
 * whose size follows that of its entries. Each page takes a turn of its own, so that an export waits for others between
 * its pages, and a client that reads slowly holds none. Time that is spent scanning, and bytes that are read, are held
 * against the tenant's {@code query_timeout} and {@code max_query_bytes_read} as a whole. One export, one thread.
 */
public final class LogExport {
  private static final int ENTRIES_FIRST = 500;
  private static final int ENTRIES_MAX = 20_000;

  /** Of a page's entries, as objects. */
  private static final long PAGE_BYTES = 4 << 20;

  /** What an entry takes besides its line. */
  private static final long ENTRY_BYTES = 300;

  private final QueryService service;
  private final QueryLimits limits;
  private final TenantId tenant;
  private final QueryRequest request;
  private @Nullable PagePosition after;
  private boolean isOver;
  private int entries = ENTRIES_FIRST;
  private long scannedNanos;
  private long scannedBytes;

  /** {@code request} is of a log query; its limit does not count. */
  public LogExport(
      QueryService service,
      Function<TenantId, QueryLimits> limits,
      TenantId tenant,
      QueryRequest request) {
    this.service = service;
    this.limits = limits.apply(tenant);
    this.tenant = tenant;
    this.request = request;
  }

  /** Takes the entries of one page; they are in order. */
  @FunctionalInterface
  public interface Sink {
    void take(List<LogPage.Row> rows) throws IOException;
  }

  /**
   * The entries that come next; empty at the end.
   *
   * @throws SkaldException as {@link QueryService#run}; what was given before is part of the answer
   */
  public List<LogPage.Row> next() {
    while (!isOver) {
      LogPage page = page();
      QueryStats stats = page.answer().stats();
      scannedNanos += stats.execNanos();
      scannedBytes += stats.lineBytes();
      checkBytes();
      isOver = page.next().isEmpty();
      after = page.next().orElse(after);
      adapt(page.rows());
      if (!page.rows().isEmpty()) {
        return page.rows();
      }
    }
    return List.of();
  }

  /** All that is left. */
  public void drainTo(Sink sink) throws IOException {
    for (List<LogPage.Row> rows = next(); !rows.isEmpty(); rows = next()) {
      sink.take(rows);
    }
  }

  /** With fewer entries if so many do not fit into the memory of a query. */
  private LogPage page() {
    while (true) {
      QueryParams params = request.params();
      QueryParams limited =
          new QueryParams(
              params.kind(),
              params.startEpochNanos(),
              params.endEpochNanos(),
              params.stepNanos(),
              params.intervalNanos(),
              entries,
              params.direction());
      try {
        return service.page(
            TenantSet.of(tenant),
            new QueryRequest(
                request.query(), limited, request.tags(), request.limits(), request.cancelled()),
            after,
            leftNanos(),
            QueryService.EntryLimit.IS_NONE);
      } catch (SkaldException e) {
        if (e.kind() != ErrorKind.LIMIT || entries == 1) {
          throw e;
        }
        entries = Math.max(1, entries / 4);
      }
    }
  }

  /** Of the tenant's timeout; 0 is no limit. */
  private long leftNanos() {
    long timeoutNanos = limits.queryTimeoutNanos();
    return timeoutNanos <= 0 ? Long.MAX_VALUE : Math.max(0, timeoutNanos - scannedNanos);
  }

  private void checkBytes() {
    if (limits.reads().bytesMax() > 0 && scannedBytes > limits.reads().bytesMax()) {
      throw SkaldException.of(
          ErrorKind.LIMIT,
          "the export has read too many bytes (read: "
              + scannedBytes
              + ", limit: "
              + limits.reads().bytesMax()
              + "); consider adding more specific stream selectors or reduce the time range");
    }
  }

  private void adapt(List<LogPage.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    long bytes = 0;
    for (LogPage.Row row : rows) {
      ResultEntry entry = row.entry();
      bytes += ENTRY_BYTES + entry.line().length();
    }
    entries = Math.clamp(PAGE_BYTES / (bytes / rows.size()), 1, ENTRIES_MAX);
  }
}
