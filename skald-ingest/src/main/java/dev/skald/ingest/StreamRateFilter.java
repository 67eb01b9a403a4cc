package dev.skald.ingest;

import dev.skald.ingest.IngestLimits.RateLimits;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the entries of a batch against the rates of their streams, for tenants whose streams are
 * not sharded. One batch, one thread.
 */
final class StreamRateFilter {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

  private final RateLimits limits;
  private final StreamRejections rejections;
  private final Map<Integer, Rejected> rejected = new LinkedHashMap<>();

  /** What one stream lost. */
  record Rejected(int lines, long bytes) {
    Rejected plus(Rejected other) {
      return new Rejected(lines + other.lines, bytes + other.bytes);
    }
  }

  StreamRateFilter(RateLimits limits, StreamRejections rejections) {
    this.limits = limits;
    this.rejections = rejections;
  }

  /** The batch itself if all of it may pass, else another one of the entries that may. */
  EntryBatch filter(EntryBatch batch, StreamRates rates, long nowNanos) {
    boolean[] kept = new boolean[batch.rowCount()];
    Lines lines = batch.lines();
    @Nullable TokenBucket[] buckets = new TokenBucket[batch.streamCount()];
    for (int row = 0; row < kept.length; row++) {
      int ordinal = batch.streamOrdinals()[row];
      Labels stream = batch.stream(ordinal);
      TokenBucket bucket = buckets[ordinal];
      if (bucket == null) {
        bucket = rates.bucket(stream);
        buckets[ordinal] = bucket;
      }
      int bytes = lines.end(row) - lines.start(row);
      kept[row] = take(bucket, bytes, nowNanos);
      if (!kept[row]) {
        rejected.merge(ordinal, new Rejected(1, bytes), Rejected::plus);
        rejections.add(stream, batch.timestampsEpochNanos()[row], reason(stream, bytes));
      }
    }
    return rejected.isEmpty() ? batch : copy(batch, kept);
  }

  private boolean take(TokenBucket bucket, long bytes, long nowNanos) {
    return bucket.take(
        bytes,
        (double) limits.streamBytesPerSecond(),
        (double) limits.streamBurstBytes(),
        nowNanos);
  }

  /** What was rejected so far, by the batch's ordinals of streams. */
  Map<Integer, Rejected> rejected() {
    return rejected;
  }

  /** Entries of each stream. */
  static Map<Labels, Integer> count(EntryBatch batch) {
    Map<Labels, Integer> counts = new HashMap<>();
    for (int row = 0; row < batch.rowCount(); row++) {
      counts.merge(batch.stream(batch.streamOrdinals()[row]), 1, Integer::sum);
    }
    return counts;
  }

  private String reason(Labels stream, long bytes) {
    return "Per stream rate limit exceeded (limit: "
        + size(limits.streamBytesPerSecond())
        + "/sec) while attempting to ingest for stream '"
        + stream
        + "' totaling "
        + size(bytes)
        + ", consider splitting a stream via additional labels or contact your Loki administrator"
        + " to see if the limit can be increased";
  }

  /** Binary multiples, the largest unit that gives one at least: {@code 3MB}, {@code 1.5KB}. */
  private static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    return number + UNITS[unit];
  }

  private static EntryBatch copy(EntryBatch from, boolean[] kept) {
    Lines lines = from.lines();
    EntryBatch to = new EntryBatch();
    for (int row = 0; row < kept.length; row++) {
      if (kept[row]) {
        to.add(
            to.stream(from.stream(from.streamOrdinals()[row])),
            from.timestampsEpochNanos()[row],
            lines.bytes(),
            lines.start(row),
            lines.end(row),
            to.metadataSet(from.metadata(from.metadataOrdinals()[row])));
      }
    }
    return to;
  }
}
