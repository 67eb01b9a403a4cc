package dev.skald.ingest;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.ingest.ResolvedStream.Refusal;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.protocol.push.MetadataPairs;
import dev.skald.protocol.push.PushSink;
import dev.skald.storage.LogStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the streams and entries of one push as they are decoded, stage by stage, into a batch. What
 * is wrong is counted and told at the end; the rest stays. One push, one thread.
 */
final class Intake implements PushSink {
  private final Tenant tenant;
  private final Tenant.Rules rules;
  private final IngestLimits limits;
  private final LogStore store;
  private final IngestConfig config;
  private final long nowEpochNanos;
  private final EntryCheck check;
  private final byte[] truncateIdentifier;
  private final PushErrors errors = new PushErrors();
  private final DiscardCounts discards = new DiscardCounts();
  private final StoredCounts added = new StoredCounts();

  private final BatchPool batches;
  private EntryBatch batch = new EntryBatch();
  private StreamAdmission admission;
  private MetadataSets metadata;
  private byte[] truncated = new byte[0];
  private int expectedBytes;
  private int streams;
  private int entries;
  private long validLines;
  private long validBytes;
  private long truncatedLines;
  private long truncatedBytes;
  private @Nullable String blockedText;
  private @Nullable String streamLimitText;

  private @Nullable ResolvedStream stream;

  /**
   * Whether the stream begun last has had an entry: streams without any are neither checked nor
   * stored.
   */
  private boolean opened;

  /** Why the stream's entries are dropped, if they are. */
  private @Nullable DiscardReason closedReason;

  /** Of the stream in the batch; unknown before its first good entry. */
  private int ordinal;

  private long lastSent;
  private long lastStored;
  private int lastRow;

  Intake(
      Tenant tenant,
      Tenant.Rules rules,
      LogStore store,
      IngestConfig config,
      BatchPool batches,
      long nowEpochNanos) {
    this.tenant = tenant;
    this.rules = rules;
    this.limits = rules.limits();
    this.store = store;
    this.config = config;
    this.batches = batches;
    this.nowEpochNanos = nowEpochNanos;
    this.check = new EntryCheck(limits, nowEpochNanos);
    this.truncateIdentifier = limits.lines().truncateIdentifier().getBytes(StandardCharsets.UTF_8);
    this.admission = admission();
    this.metadata = new MetadataSets(batch, limits, rules.levels(), rules.fields());
  }

  private StreamAdmission admission() {
    return new StreamAdmission(store, tenant.id(), limits.streams().activeMax(), batch);
  }

  @Override
  public void expect(int decodedBytes) {
    expectedBytes = decodedBytes;
    PushShape shape = tenant.pushShape();
    batch = batches.lease(shape.rows(decodedBytes), shape.lineBytes(decodedBytes));
    admission = admission();
    metadata = new MetadataSets(batch, limits, rules.levels(), rules.fields());
  }

  @Override
  public void stream(byte[] bytes, int start, int end) {
    begin(rules.streams().of(bytes, start, end));
  }

  @Override
  public void stream(List<Label> labels) {
    begin(rules.streams().of(labels));
  }

  private void begin(ResolvedStream next) {
    streams++;
    stream = next;
    opened = false;
    closedReason = null;
    ordinal = -1;
    lastRow = -1;
  }

  @Override
  public void entry(
      long timestampEpochNanos, byte[] bytes, int start, int end, MetadataPairs pairs) {
    if (++entries > config.entriesPerPushMax()) {
      throw new SkaldException(
          ErrorKind.TOO_LARGE,
          "request body too large: more than %d entries",
          config.entriesPerPushMax());
    }
    ResolvedStream current = stream;
    if (current == null) {
      throw SkaldException.of(ErrorKind.BUG, "an entry before any stream");
    }
    if (!opened) {
      open(current);
    }
    long entryBytes = end - start + (pairs.isEmpty() ? 0 : EntryCheck.bytes(pairs));
    if (closedReason != null) {
      discards.add(closedReason, current, 1, entryBytes);
      return;
    }
    if (limits.lines().truncate() && end - start > check.lineBytesMax()) {
      int length = truncate(bytes, start);
      int cut = end - start - length;
      truncatedLines++;
      truncatedBytes += cut;
      entryBytes -= cut;
      add(current, timestampEpochNanos, truncated, 0, length, pairs, entryBytes);
    } else {
      add(current, timestampEpochNanos, bytes, start, end, pairs, entryBytes);
    }
  }

  private void open(ResolvedStream current) {
    opened = true;
    Refusal refusal = current.refusal();
    if (refusal != null) {
      errors.add(refusal.text());
      closedReason = refusal.reason();
      return;
    }
    Refusal blocked =
        Blocking.check(tenant.id(), limits.enforcement(), current.policy(), nowEpochNanos);
    if (blocked != null) {
      blockedText = blocked.text();
      closedReason = blocked.reason();
    }
  }

  /**
   * The beginning of the line and the identifier, in {@link #truncated}; together as long as a line
   * may be.
   */
  private int truncate(byte[] bytes, int start) {
    int length = (int) check.lineBytesMax();
    int tail = Math.min(truncateIdentifier.length, length);
    if (truncated.length < length) {
      truncated = new byte[length];
    }
    System.arraycopy(bytes, start, truncated, 0, length - tail);
    System.arraycopy(truncateIdentifier, 0, truncated, length - tail, tail);
    return length;
  }

  private void add(
      ResolvedStream current,
      long timestampEpochNanos,
      byte[] bytes,
      int start,
      int end,
      MetadataPairs pairs,
      long entryBytes) {
    Refusal refusal = check.check(current, timestampEpochNanos, end - start, pairs);
    if (refusal != null) {
      errors.add(refusal.text());
      discards.add(refusal.reason(), current, 1, entryBytes);
      return;
    }
    validLines++;
    validBytes += entryBytes;
    if (ordinal < 0 && !admit(current.labels())) {
      discards.add(DiscardReason.STREAM_LIMIT, current, 1, entryBytes);
      return;
    }
    int set = metadata.ordinal(pairs, current, bytes, start, end);
    long timestamp =
        limits.discovery().incrementDuplicates()
            ? shifted(timestampEpochNanos, bytes, start, end)
            : timestampEpochNanos;
    batch.add(ordinal, timestamp, bytes, start, end, set);
    added.add(ordinal, current, entryBytes, entryBytes - (end - start));
  }

  private boolean admit(Labels labels) {
    ordinal = admission.admit(labels);
    if (ordinal != StreamAdmission.REFUSED) {
      return true;
    }
    if (streamLimitText == null) {
      streamLimitText =
          ("maximum active stream limit exceeded when trying to create stream %s, reduce the number"
                  + " of active streams (reduce labels or reduce label values), or contact your"
                  + " Loki administrator to see if the limit can be increased, user: '%s'")
              .formatted(labels, tenant.id());
    }
    return false;
  }

  /**
   * One nanosecond behind the entry before, if that one has another line and this one's time, as
   * sent or as shifted.
   */
  private long shifted(long sent, byte[] bytes, int start, int end) {
    long stored = sent;
    if (lastRow >= 0 && (sent == lastSent || sent == lastStored)) {
      Lines lines = batch.lines();
      boolean sameLine =
          Arrays.equals(lines.bytes(), lines.start(lastRow), lines.end(lastRow), bytes, start, end);
      stored = sameLine ? sent : lastStored + 1;
    }
    lastSent = sent;
    lastStored = stored;
    lastRow = batch.rowCount();
    return stored;
  }

  int streams() {
    return streams;
  }

  /** What the push was made of; after the last entry. */
  PushShape shape() {
    return PushShape.of(expectedBytes, batch.lineBytes(), batch.rowCount());
  }

  EntryBatch batch() {
    return batch;
  }

  /** Entries that passed every check but those of rates and of the number of streams. */
  long validLines() {
    return validLines;
  }

  /** Their bytes: lines, and structured metadata as it was sent. */
  long validBytes() {
    return validBytes;
  }

  /** What is in the batch, counted the same way. */
  StoredCounts added() {
    return added;
  }

  /** Lines that were cut to the limit. */
  long truncatedLines() {
    return truncatedLines;
  }

  /** Bytes that were cut off. */
  long truncatedBytes() {
    return truncatedBytes;
  }

  DiscardCounts discards() {
    return discards;
  }

  PushErrors errors() {
    return errors;
  }

  @Nullable String blockedText() {
    return blockedText;
  }

  @Nullable String streamLimitText() {
    return streamLimitText;
  }
}
