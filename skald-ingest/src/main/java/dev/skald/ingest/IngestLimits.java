package dev.skald.ingest;

import dev.skald.model.Matcher;
import dev.skald.protocol.otlp.OtlpRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What one tenant may write, and what is made of it: the write-path keys of {@code limits_config}.
 * Keys, defaults and texts: the page on Loki's limits, sections 1.1 and 1.4. Immutable; a change is
 * another object.
 */
public record IngestLimits(
    LabelLimits labels,
    TimeLimits times,
    LineLimits lines,
    MetadataLimits metadata,
    RateLimits rates,
    StreamLimits streams,
    Discovery discovery,
    Enforcement enforcement,
    OtlpRules otlp) {

  /** A time that never comes, for blocks that are off. */
  public static final long NEVER = Long.MIN_VALUE;

  public static final IngestLimits DEFAULTS =
      new IngestLimits(
          LabelLimits.DEFAULTS,
          TimeLimits.DEFAULTS,
          LineLimits.DEFAULTS,
          MetadataLimits.DEFAULTS,
          RateLimits.DEFAULTS,
          StreamLimits.DEFAULTS,
          Discovery.DEFAULTS,
          Enforcement.DEFAULTS,
          OtlpRules.DEFAULTS);

  /**
   * @param namesMax {@code max_label_names_per_series}; {@code service_name} is not counted
   * @param nameBytesMax {@code max_label_name_length}
   * @param valueBytesMax {@code max_label_value_length}
   */
  public record LabelLimits(int namesMax, int nameBytesMax, int valueBytesMax) {
    public static final LabelLimits DEFAULTS = new LabelLimits(15, 1024, 2048);
  }

  /**
   * @param rejectOld {@code reject_old_samples}
   * @param oldNanosMax {@code reject_old_samples_max_age}
   * @param graceNanos {@code creation_grace_period}: how far ahead of the server's clock an entry
   *     may be
   * @param earliestEpochNanos entries before it are too old in any case: where the first period of
   *     {@code schema_config} begins. {@link Long#MIN_VALUE}: no such bound
   */
  public record TimeLimits(
      boolean rejectOld, long oldNanosMax, long graceNanos, long earliestEpochNanos) {
    public static final TimeLimits DEFAULTS =
        new TimeLimits(
            true, Duration.ofDays(7).toNanos(), Duration.ofMinutes(10).toNanos(), Long.MIN_VALUE);
  }

  /**
   * @param bytesMax {@code max_line_size}; 0: no limit
   * @param truncate {@code max_line_size_truncate}: longer lines are cut, not refused
   * @param truncateIdentifier {@code max_line_size_truncate_identifier}: the end of lines that were
   *     cut, within the limit
   */
  public record LineLimits(long bytesMax, boolean truncate, String truncateIdentifier) {
    public static final LineLimits DEFAULTS = new LineLimits(256 << 10, false, "");
  }

  /**
   * @param allowed {@code allow_structured_metadata}
   * @param bytesMax {@code max_structured_metadata_size}, names and values of an entry; 0: no limit
   * @param countMax {@code max_structured_metadata_entries_count}; 0: no limit
   */
  public record MetadataLimits(boolean allowed, long bytesMax, int countMax) {
    public static final MetadataLimits DEFAULTS = new MetadataLimits(true, 64 << 10, 128);
  }

  /**
   * Token buckets. {@code ingestion_rate_strategy} makes no difference to a server that is alone.
   *
   * @param ingestionRateMb {@code ingestion_rate_mb}, MiB per second
   * @param ingestionBurstMb {@code ingestion_burst_size_mb}, MiB
   * @param streamBytesPerSecond {@code per_stream_rate_limit}; asked of a stream only where streams
   *     are not sharded
   * @param streamBurstBytes {@code per_stream_rate_limit_burst}
   * @param shardStreams {@code shard_streams.enabled}: busy streams are split by the reference;
   *     here they need no splitting, so that the limit of the tenant alone holds
   */
  public record RateLimits(
      double ingestionRateMb,
      double ingestionBurstMb,
      long streamBytesPerSecond,
      long streamBurstBytes,
      boolean shardStreams) {
    public static final RateLimits DEFAULTS = new RateLimits(4, 6, 3 << 20, 15 << 20, true);
  }

  /**
   * Active streams, those in the head; 0: no limit. The smaller one of both holds.
   *
   * @param perUserMax {@code max_streams_per_user}
   * @param perUserGlobalMax {@code max_global_streams_per_user}
   */
  public record StreamLimits(int perUserMax, int perUserGlobalMax) {
    public static final StreamLimits DEFAULTS = new StreamLimits(0, 5000);

    /** The limit that holds; 0: none. */
    public int activeMax() {
      if (perUserMax == 0 || perUserGlobalMax == 0) {
        return Math.max(perUserMax, perUserGlobalMax);
      }
      return Math.min(perUserMax, perUserGlobalMax);
    }
  }

  /**
   * @param serviceNames {@code discover_service_name}: labels whose value becomes {@code
   *     service_name}, first one first; empty: off
   * @param levels {@code discover_log_levels}
   * @param levelFields {@code log_level_fields}, first one first
   * @param levelJsonDepthMax {@code log_level_from_json_max_depth}: members of the line itself are
   *     at depth 1
   * @param incrementDuplicates {@code increment_duplicate_timestamp}
   * @param genericFields {@code discover_generic_fields}: names in the structured metadata, and where
   *     their values are looked for
   */
  public record Discovery(
      List<String> serviceNames,
      boolean levels,
      List<String> levelFields,
      int levelJsonDepthMax,
      boolean incrementDuplicates,
      Map<String, List<String>> genericFields) {
    public static final Discovery DEFAULTS =
        new Discovery(
            List.of(
                "service",
                "app",
                "application",
                "app_name",
                "name",
                "app_kubernetes_io_name",
                "container",
                "container_name",
                "k8s_container_name",
                "component",
                "workload",
                "job",
                "k8s_job_name"),
            true,
            List.of(
                "level",
                "LEVEL",
                "Level",
                "log.level",
                "severity",
                "SEVERITY",
                "Severity",
                "SeverityText",
                "lvl",
                "LVL",
                "Lvl",
                "severity_text",
                "Severity_Text",
                "SEVERITY_TEXT"),
            2,
            false);

    /** Without generic fields. */
    public Discovery(
        List<String> serviceNames,
        boolean levels,
        List<String> levelFields,
        int levelJsonDepthMax,
        boolean incrementDuplicates) {
      this(serviceNames, levels, levelFields, levelJsonDepthMax, incrementDuplicates, Map.of());
    }

    public Discovery {
      serviceNames = List.copyOf(serviceNames);
      levelFields = List.copyOf(levelFields);
      genericFields = Map.copyOf(genericFields);
      GenericFields.check(genericFields);
    }
  }

  /**
   * @param enforcedLabels {@code enforced_labels}: names that every stream must have
   * @param policyEnforcedLabels {@code policy_enforced_labels}: more of them, by policy
   * @param blockedUntilEpochNanos {@code block_ingestion_until}, or {@link #NEVER}
   * @param policyBlockedUntilEpochNanos {@code block_ingestion_policy_until}, by policy
   * @param blockedStatus {@code block_ingestion_status_code}; 200: pushes are dropped without a
   *     word
   * @param policies {@code policy_stream_mapping}
   */
  public record Enforcement(
      List<String> enforcedLabels,
      Map<String, List<String>> policyEnforcedLabels,
      long blockedUntilEpochNanos,
      Map<String, Long> policyBlockedUntilEpochNanos,
      int blockedStatus,
      List<PolicyRule> policies) {
    public static final Enforcement DEFAULTS =
        new Enforcement(List.of(), Map.of(), NEVER, Map.of(), 260, List.of());

    public Enforcement {
      enforcedLabels = List.copyOf(enforcedLabels);
      policyEnforcedLabels = Map.copyOf(policyEnforcedLabels);
      policyBlockedUntilEpochNanos = Map.copyOf(policyBlockedUntilEpochNanos);
      policies = List.copyOf(policies);
    }
  }

  /**
   * Streams that satisfy the selector are under the policy; of several policies the highest
   * priority counts.
   */
  public record PolicyRule(String policy, List<Matcher> selector, int priority) {
    public PolicyRule {
      selector = List.copyOf(selector);
    }
  }

  public IngestLimits with(LabelLimits changed) {
    return new IngestLimits(
        changed, times, lines, metadata, rates, streams, discovery, enforcement, otlp);
  }

  public IngestLimits with(TimeLimits changed) {
    return new IngestLimits(
        labels, changed, lines, metadata, rates, streams, discovery, enforcement, otlp);
  }

  public IngestLimits with(LineLimits changed) {
    return new IngestLimits(
        labels, times, changed, metadata, rates, streams, discovery, enforcement, otlp);
  }

  public IngestLimits with(MetadataLimits changed) {
    return new IngestLimits(
        labels, times, lines, changed, rates, streams, discovery, enforcement, otlp);
  }

  public IngestLimits with(RateLimits changed) {
    return new IngestLimits(
        labels, times, lines, metadata, changed, streams, discovery, enforcement, otlp);
  }

  public IngestLimits with(StreamLimits changed) {
    return new IngestLimits(
        labels, times, lines, metadata, rates, changed, discovery, enforcement, otlp);
  }

  public IngestLimits with(Discovery changed) {
    return new IngestLimits(
        labels, times, lines, metadata, rates, streams, changed, enforcement, otlp);
  }

  public IngestLimits with(Enforcement changed) {
    return new IngestLimits(
        labels, times, lines, metadata, rates, streams, discovery, changed, otlp);
  }

  public IngestLimits with(OtlpRules changed) {
    return new IngestLimits(
        labels, times, lines, metadata, rates, streams, discovery, enforcement, changed);
  }
}
