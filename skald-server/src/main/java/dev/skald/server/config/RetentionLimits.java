package dev.skald.server.config;

import dev.skald.config.ByteSize;
import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.DurationText;
import dev.skald.config.Range;
import java.time.Duration;
import java.util.List;

/** How long a tenant's entries are kept; inlined in {@code limits_config:}. */
public record RetentionLimits(
    @Doc(
            "Age at which entries are deleted, if compactor.retention_enabled; 0 is never, "
                + "else at least 24h.")
        @Default("0s")
        Duration retentionPeriod,
    @Doc("Other ages for some streams; the highest priority wins.") @Default("[]")
        List<StreamRetention> retentionStream,
    @Doc("What a delete request does: nothing, hide entries, or hide and delete them.")
        @Default("filter-and-delete")
        DeletionMode deletionMode,
    @Doc(
            "The tenant's oldest segments are deleted while all of its take more than this; 0 is "
                + "no limit.")
        @Default("0B")
        ByteSize retentionMaxBytes,
    @Doc("A delete request of more entries is refused unless it says force=true; 0 is no limit.")
        @Default("100000000")
        @Range(min = 0)
        long deletionRowsMax) {
  private static final Duration LEAST = Duration.ofHours(24);

  public RetentionLimits {
    checkPeriod("retention_period", retentionPeriod);
  }

  private static void checkPeriod(String key, Duration period) {
    if (!period.isZero() && period.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          key + ": retention period must be >= 24h was " + DurationText.format(period));
    }
  }

  /** What a delete request does. */
  public enum DeletionMode {
    DISABLED,
    FILTER_ONLY,
    FILTER_AND_DELETE
  }

  /** How long some streams are kept: an item of {@code retention_stream}. */
  public record StreamRetention(
      @Doc("Streams that match.") @Default("\"\"") String selector,
      @Doc("The highest priority wins; of equal ones the first.")
          @Default("0")
          @Range(min = Integer.MIN_VALUE)
          int priority,
      @Doc("Age at which entries are deleted; at least 24h.") @Default("0s") Duration period) {
    public StreamRetention {
      checkPeriod("period", period);
    }
  }
}
