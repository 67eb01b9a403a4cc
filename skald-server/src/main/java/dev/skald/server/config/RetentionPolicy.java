package dev.skald.server.config;

import dev.skald.server.config.RetentionLimits.StreamRetention;
import java.time.Duration;
import java.util.List;

/**
 * How long one tenant's entries are kept, all settings taken together.
 *
 * @param period age at which entries of any other stream are deleted; 0 is never
 * @param streams other ages for some streams, in the order of the configuration; the highest priority wins
 */
public record RetentionPolicy(Duration period, List<StreamRetention> streams) {
  public RetentionPolicy {
    streams = List.copyOf(streams);
  }

  /** Whether anything is ever deleted for its age. */
  public boolean deletes() {
    return !period.isZero() || !streams.isEmpty();
  }

  /**
   * Limits count only where the compactor's retention is on; the table manager's period cuts everything off at its
   * age, as it dropped whole tables of the index.
   */
  static RetentionPolicy of(SkaldConfig config, LimitsConfig limits) {
    TableManagerConfig tables = config.tableManager();
    Duration cap = tables.retentionDeletesEnabled() ? tables.retentionPeriod() : Duration.ZERO;
    if (!config.compactor().retentionEnabled()) {
      return new RetentionPolicy(cap, List.of());
    }
    List<StreamRetention> streams =
        limits.retention().retentionStream().stream()
            .map(
                stream ->
                    new StreamRetention(
                        stream.selector(), stream.priority(), shorter(stream.period(), cap)))
            .toList();
    return new RetentionPolicy(shorter(limits.retention().retentionPeriod(), cap), streams);
  }

  /** 0 is for ever. */
  private static Duration shorter(Duration a, Duration b) {
    if (a.isZero() || b.isZero()) {
      return a.isZero() ? b : a;
    }
    return a.compareTo(b) < 0 ? a : b;
  }
}
