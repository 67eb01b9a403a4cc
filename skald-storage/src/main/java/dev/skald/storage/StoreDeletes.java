package dev.skald.storage;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.removal.Deletions;
import dev.skald.storage.retention.DeleteRequest;
import dev.skald.storage.retention.DeleteRequest.Force;
import dev.skald.storage.retention.RowQuery;
import dev.skald.storage.retention.StorePolicy;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Delete requests of a store: take, look, list, cancel. Safe for concurrent use. */
public final class StoreDeletes {
  private final LogStore store;
  private final StorePolicy policy;
  private final Deletions deletions;
  private final Runnable requireReplayed;

  /**
   * What a request would delete now.
   *
   * @param lineBytes length of the rows' lines
   * @param streamCount streams that have such rows
   */
  public record Preview(long rowCount, long lineBytes, long streamCount) {}

  /**
   * @param requireReplayed throws while rows are missing: they could not be counted
   */
  StoreDeletes(LogStore store, StorePolicy policy, Deletions deletions, Runnable requireReplayed) {
    this.store = store;
    this.policy = policy;
    this.deletions = deletions;
    this.requireReplayed = requireReplayed;
  }

  /**
   * Takes a request; its rows are hidden when this returns, and removed from the disk after the
   * time to cancel.
   *
   * @param endEpochNanos inclusive
   * @throws SkaldException BAD_REQUEST if the query is no log query; LIMIT if it picks more rows
   *     than the tenant's limit and is not forced; UNAVAILABLE if it cannot be made durable, or the log is being replayed
   */
  public DeleteRequest request(
      TenantId tenant, String query, long startEpochNanos, long endEpochNanos, Force force) {
    long max = policy.limits(tenant).deletionRowsMax();
    if (force == Force.LIMITED && max > 0) {
      long count = count(tenant, query, startEpochNanos, endEpochNanos, max).rowCount();
      if (count > max) {
        throw new SkaldException(
            ErrorKind.LIMIT,
            "the request would delete more than %d rows (deletion_rows_max); narrow it, look at it"
                + " with dry_run=true, or send it with force=true",
            max);
      }
    }
    return deletions.add(tenant, query, startEpochNanos, endEpochNanos, force);
  }

  /** What a request would delete now; changes nothing. */
  public Preview preview(TenantId tenant, String query, long startEpochNanos, long endEpochNanos) {
    return count(tenant, query, startEpochNanos, endEpochNanos, Long.MAX_VALUE);
  }

  /** Stops counting beyond {@code enough} rows; reads nothing if the pages hold no more than that. */
  private Preview count(
      TenantId tenant, String text, long startEpochNanos, long endEpochNanos, long enough) {
    requireReplayed.run();
    RowQuery query = policy.compile(text);
    long end = endEpochNanos == Long.MAX_VALUE ? endEpochNanos : endEpochNanos + 1;
    QuerySpan span = new QuerySpan(startEpochNanos, end);
    long rowCount = 0;
    long lineBytes = 0;
    Set<Labels> streams = new HashSet<>();
    try (PageScan scan = store.scan(tenant, query.matchers(), span)) {
      long most = scan.pages().stream().mapToLong(PageRef::rowCount).sum();
      if (most <= enough && enough != Long.MAX_VALUE) {
        return new Preview(most, 0, 0);
      }
      for (PageRef ref : scan.pages()) {
        PageRows rows = ref.read();
        query.keepMatching(rows.page(), rows.rows());
        rowCount += rows.rows().count();
        if (rowCount > enough) {
          break;
        }
        if (enough == Long.MAX_VALUE && !rows.rows().isEmpty()) {
          lineBytes += lineBytes(rows);
          addStreams(rows, streams);
        }
      }
    }
    return new Preview(rowCount, lineBytes, streams.size());
  }

  private static long lineBytes(PageRows rows) {
    Lines lines = rows.page().lines();
    long bytes = 0;
    for (int i = 0; i < rows.rows().count(); i++) {
      int row = rows.rows().row(i);
      bytes += lines.end(row) - lines.start(row);
    }
    return bytes;
  }

  private static void addStreams(PageRows rows, Set<Labels> streams) {
    BitSet seen = new BitSet();
    int[] streamOf = rows.page().streamOrdinals();
    for (int i = 0; i < rows.rows().count(); i++) {
      seen.set(streamOf[rows.rows().row(i)]);
    }
    seen.stream().forEach(stream -> streams.add(rows.page().stream(stream)));
  }

  /** All requests of a tenant in order of creation, done ones too. */
  public List<DeleteRequest> list(TenantId tenant) {
    return deletions.list(tenant);
  }

  /**
   * Takes a request back; its rows are visible when this returns.
   *
   * @throws SkaldException NOT_FOUND; BAD_REQUEST if it is done, or too late and not forced
   */
  public void cancel(TenantId tenant, String id, Force force) {
    deletions.cancel(tenant, id, force);
  }

  /** Requests of all tenants in order of creation, those done that are kept too. */
  public List<DeleteRequest> all() {
    return deletions.all();
  }

  /** Requests that hide rows, all tenants. */
  public int pendingCount() {
    return deletions.pendingCount();
  }
}
