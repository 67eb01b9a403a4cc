package dev.skald.ingest;

import dev.skald.ingest.ResolvedStream.Refusal;
import dev.skald.protocol.push.MetadataPairs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds entries against the limits, in Loki's order: age, future, size of the line, structured
 * metadata (the page on Loki's limits, section 1.1). One push, at one time of the clock.
 */
final class EntryCheck {
  private static final byte[] DETECTED_LEVEL =
      MetadataSets.DETECTED_LEVEL.getBytes(StandardCharsets.US_ASCII);
  private static final String ASK = " or contact your Loki administrator to increase it";

  private final IngestLimits limits;
  private final long oldest;
  private final long newest;
  private final long lineBytesMax;

  EntryCheck(IngestLimits limits, long nowEpochNanos) {
    this.limits = limits;
    IngestLimits.TimeLimits times = limits.times();
    this.oldest =
        Math.max(
            times.earliestEpochNanos(),
            times.rejectOld() ? nowEpochNanos - times.oldNanosMax() : Long.MIN_VALUE);
    this.newest = nowEpochNanos + times.graceNanos();
    this.lineBytesMax = limits.lines().bytesMax() == 0 ? Long.MAX_VALUE : limits.lines().bytesMax();
  }

  /** Longer lines are refused, or cut if the tenant wants it so. */
  long lineBytesMax() {
    return lineBytesMax;
  }

  /** Null if the entry is good. */
  @Nullable Refusal check(
      ResolvedStream stream, long timestampEpochNanos, int lineBytes, MetadataPairs metadata) {
    if (timestampEpochNanos < oldest) {
      return new Refusal(
          DiscardReason.GREATER_THAN_MAX_SAMPLE_AGE,
          "entry for stream '%s' has timestamp too old: %s, oldest acceptable timestamp is: %s"
              .formatted(
                  stream.labels(),
                  TimeText.rfc3339(timestampEpochNanos),
                  TimeText.rfc3339(oldest)));
    }
    if (timestampEpochNanos > newest) {
      return new Refusal(
          DiscardReason.TOO_FAR_IN_FUTURE,
          "entry for stream '%s' has timestamp too new: %s"
              .formatted(stream.labels(), TimeText.rfc3339(timestampEpochNanos)));
    }
    if (lineBytes > lineBytesMax) {
      return new Refusal(
          DiscardReason.LINE_TOO_LONG,
          ("max entry size '%d' bytes exceeded for stream '%s'"
                  + " while adding an entry with length '%d' bytes")
              .formatted(lineBytesMax, stream.labels(), lineBytes));
    }
    return metadata.isEmpty() ? null : checkMetadata(stream, metadata);
  }

  private @Nullable Refusal checkMetadata(ResolvedStream stream, MetadataPairs metadata) {
    IngestLimits.MetadataLimits max = limits.metadata();
    if (!max.allowed()) {
      return new Refusal(
          DiscardReason.DISALLOWED_STRUCTURED_METADATA,
          ("stream '%s' includes structured metadata, but this feature is disallowed."
                  + " Please see `limits_config.allow_structured_metadata`"
                  + " or contact your Loki administrator to enable it")
              .formatted(stream.labels()));
    }
    long bytes = bytes(metadata);
    if (max.bytesMax() != 0 && bytes > max.bytesMax()) {
      return new Refusal(
          DiscardReason.STRUCTURED_METADATA_TOO_LARGE,
          ("stream '%s' has structured metadata too large: '%d' bytes, limit: '%d' bytes."
                  + " Please see `limits_config.max_structured_metadata_size`%s")
              .formatted(stream.labels(), bytes, max.bytesMax(), ASK));
    }
    if (max.countMax() != 0 && metadata.count() > max.countMax()) {
      return new Refusal(
          DiscardReason.STRUCTURED_METADATA_TOO_MANY,
          ("stream '%s' has too many structured metadata labels: '%d', limit: '%d'."
                  + " Please see `limits_config.max_structured_metadata_entries_count`%s")
              .formatted(stream.labels(), metadata.count(), max.countMax(), ASK));
    }
    return null;
  }

  /** Names and values as they were sent, but for {@code detected_level}. */
  static long bytes(MetadataPairs metadata) {
    long bytes = 0;
    for (int i = 0; i < metadata.count(); i++) {
      if (!Arrays.equals(
          DETECTED_LEVEL,
          0,
          DETECTED_LEVEL.length,
          metadata.bytes(),
          metadata.nameStart(i),
          metadata.nameEnd(i))) {
        bytes += metadata.pairBytes(i);
      }
    }
    return bytes;
  }
}
