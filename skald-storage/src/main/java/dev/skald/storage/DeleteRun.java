package dev.skald.storage;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.compact.Pace;
import dev.skald.storage.head.TimeRange;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.removal.Deletion;
import dev.skald.storage.removal.Deletions;
import dev.skald.storage.retention.DeleteRequest;
import dev.skald.storage.retention.DeleteRequest.Force;
import dev.skald.storage.retention.DeleteRequest.Status;
import dev.skald.storage.retention.StorePolicy;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the rows of delete requests from the disk: what is in the head is flushed first, then each
 * segment that has such rows is written anew without them. A crash on the way leaves the request as
 * it was, and it is done again: what is gone already is not found. For one thread.
 */
final class DeleteRun {
  private static final Logger LOG = LoggerFactory.getLogger(DeleteRun.class);

  private final Versions versions;
  private final Flusher flusher;
  private final Deletions deletions;
  private final DamagedSegments damaged;
  private final StorePolicy policy;
  private final Compaction compaction;
  private final Pace pace;
  private final UpkeepCounts counts;

  DeleteRun(
      Versions versions,
      Flusher flusher,
      Deletions deletions,
      DamagedSegments damaged,
      StorePolicy policy,
      Compaction compaction,
      Pace pace,
      UpkeepCounts counts) {
    this.versions = versions;
    this.flusher = flusher;
    this.deletions = deletions;
    this.damaged = damaged;
    this.policy = policy;
    this.compaction = compaction;
    this.pace = pace;
    this.counts = counts;
  }

  void run() throws IOException {
    Map<TenantId, List<Deletion>> due = deletions.due();
    if (due.isEmpty()) {
      return;
    }
    flusher.flush();
    for (TenantId tenant : due.keySet().stream().sorted(Comparator.naturalOrder()).toList()) {
      for (Deletion deletion : due.getOrDefault(tenant, List.of())) {
        process(tenant, deletion);
      }
    }
  }

  private void process(TenantId tenant, Deletion deletion) throws IOException {
    DeleteRequest request = deletion.request();
    long max = policy.limits(tenant).deletionRowsMax();
    boolean isLimited = max > 0 && request.force() == Force.LIMITED;
    TimeRange span = new TimeRange(request.startEpochNanos(), request.endEpochNanos());
    boolean isDone = !damaged.mayHoldRows(tenant, span); // they may be mended, and be seen again
    long rowsDeleted = request.rowsDeleted();
    try (Versions.Pin pin = versions.pin()) {
      for (OpenSegment segment : pin.version().segments(tenant)) {
        OptionalLong counted = count(segment, deletion);
        isDone &= counted.isPresent();
        long count = counted.orElse(0);
        if (count == 0) {
          continue;
        }
        if (isLimited && rowsDeleted + count > max) {
          LOG.error(
              "tenant={} delete request {} would delete more than {} rows (deletion_rows_max), and"
                  + " was taken when there were fewer; its rows stay hidden and on the disk",
              tenant,
              request.id(),
              max);
          return;
        }
        Compaction.Result result = compaction.rewrite(segment, deletion);
        isDone &= result.isDone();
        rowsDeleted += result.rowsRemoved();
        counts.rowsDeleted.addAndGet(result.rowsRemoved());
        deletions.progressed(request, Status.RECEIVED, result.rowsRemoved());
      }
    }
    if (isDone) {
      deletions.progressed(request, Status.PROCESSED, 0);
      LOG.info("tenant={} delete request {}: rows={}", tenant, request.id(), rowsDeleted);
    }
  }

  /** Rows of the segment that are to go; empty if it cannot be read. */
  private OptionalLong count(OpenSegment segment, Deletion deletion) {
    try {
      return OptionalLong.of(readAndCount(segment, deletion));
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      LOG.error("delete request {} waits: {}", deletion.request().id(), e.getMessage());
      return OptionalLong.empty();
    }
  }

  private long readAndCount(OpenSegment segment, Deletion deletion) {
    TimeRange times = segment.times();
    if (!deletion.intersects(times.minEpochNanos(), times.maxEpochNanos())) {
      return 0;
    }
    QuerySpan span =
        new TimeRange(deletion.request().startEpochNanos(), deletion.request().endEpochNanos())
            .asSpan();
    StreamSet streams = segment.reader().streams(deletion.tests());
    long count = 0;
    for (PageRef ref : segment.reader().pages(streams, span, 0)) {
      PageRows rows = ref.read();
      count += deletion.matching(rows.page(), rows.rows()).count();
      pace.step();
    }
    return count;
  }
}
