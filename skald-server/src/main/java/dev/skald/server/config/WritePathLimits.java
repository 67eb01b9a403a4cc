package dev.skald.server.config;

import dev.skald.config.ByteSize;
import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tenant may push; inlined in {@code limits_config:}. */
public record WritePathLimits(
    @Doc("Accepted for Loki files; with one server both are the same.") @Default("global")
        IngestionRateStrategy ingestionRateStrategy,
    @Doc("Megabytes of lines and metadata per second; beyond it 429.") @Default("4")
        double ingestionRateMb,
    @Doc("Megabytes that may arrive at once beyond the rate.") @Default("6")
        double ingestionBurstSizeMb,
    @Doc("Bytes of a label's name.") @Default("1024") int maxLabelNameLength,
    @Doc("Bytes of a label's value.") @Default("2048") int maxLabelValueLength,
    @Doc("Labels of a stream, service_name not counted.") @Default("15") int maxLabelNamesPerSeries,
    @Doc("Rejects entries older than reject_old_samples_max_age.") @Default("true")
        boolean rejectOldSamples,
    @Doc("See reject_old_samples.") @Default("1w") Duration rejectOldSamplesMaxAge,
    @Doc("How far in the future an entry may be.") @Default("10m") Duration creationGracePeriod,
    @Doc("Bytes of a line; 0 is no limit.") @Default("256KB") ByteSize maxLineSize,
    @Doc("Cuts longer lines instead of rejecting them.") @Default("false")
        boolean maxLineSizeTruncate,
    @Doc("Text at the end of a cut line, within max_line_size.") @Default("\"\"")
        String maxLineSizeTruncateIdentifier,
    @Doc("Moves an entry by a nanosecond when its stream has another line at its time.")
        @Default("false")
        boolean incrementDuplicateTimestamp,
    GenericFields discoverGenericFields,
    @Doc(
            "Labels that service_name is taken from, first one first; an empty list adds no "
                + "service_name.")
        @Default(
            "[service, app, application, app_name, name, app_kubernetes_io_name, container, "
                + "container_name, k8s_container_name, component, workload, job, k8s_job_name]")
        List<String> discoverServiceName,
    @Doc("Adds detected_level to the structured metadata.") @Default("true")
        boolean discoverLogLevels,
    @Doc("Fields of a line that hold its level, first one first.")
        @Default(
            "[level, LEVEL, Level, log.level, severity, SEVERITY, Severity, SeverityText, "
                + "lvl, LVL, Lvl, severity_text, Severity_Text, SEVERITY_TEXT]")
        List<String> logLevelFields,
    @Doc("How deep in a JSON line a level is looked for; 0 is anywhere.") @Default("2")
        int logLevelFromJsonMaxDepth,
    @Doc("Active streams in this server; 0 is no limit.") @Default("0") int maxStreamsPerUser,
    @Doc("Active streams; 0 is no limit.") @Default("5000") int maxGlobalStreamsPerUser,
    @Doc("Bytes per second of one stream, where shard_streams is off.") @Default("3MB")
        ByteSize perStreamRateLimit,
    @Doc("Bytes that may arrive at once beyond per_stream_rate_limit.") @Default("15MB")
        ByteSize perStreamRateLimitBurst,
    ShardStreams shardStreams,
    @Doc("Accepts structured metadata.") @Default("true") boolean allowStructuredMetadata,
    @Doc("Bytes of an entry's structured metadata; 0 is no limit.") @Default("64KB")
        ByteSize maxStructuredMetadataSize,
    @Doc("Pairs of an entry's structured metadata; 0 is no limit.") @Default("128")
        int maxStructuredMetadataEntriesCount,
    OtlpConfig otlpConfig,
    @Doc("Rejects every push until this time.") @Default("\"\"")
        @Nullable Instant blockIngestionUntil,
    @Doc("The same for streams of a policy.") @Default("{}")
        Map<String, Instant> blockIngestionPolicyUntil,
    @Doc("Status of pushes rejected by block_ingestion_until.")
        @Default("260")
        @Range(min = 200, max = 599)
        int blockIngestionStatusCode,
    @Doc("Labels that each stream must have.") @Default("[]") List<String> enforcedLabels,
    @Doc("The same for streams of a policy.") @Default("{}")
        Map<String, List<String>> policyEnforcedLabels,
    @Doc("Policies, and the selectors of the streams they are for.") @Default("{}")
        Map<String, List<PriorityStream>> policyStreamMapping) {
  /** How the rate of several distributors adds up. */
  public enum IngestionRateStrategy {
    GLOBAL,
    LOCAL
  }

  /** Fields of lines that become structured metadata: {@code discover_generic_fields}. */
  public record GenericFields(
      @Doc("Name in the structured metadata, and the fields it is taken from.") @Default("{}")
          Map<String, List<String>> fields) {}

  /** Splitting of hot streams: {@code shard_streams}. */
  public record ShardStreams(
      @Doc("Takes any rate of one stream up to the tenant's; false obeys per_stream_rate_limit.")
          @Default("true")
          boolean enabled,
      @Doc("Accepted for Loki files; entries of any age are taken.") @Default("false")
          boolean timeShardingEnabled,
      @Doc("Accepted for Loki files.") @Default("40m") Duration timeShardingIgnoreRecent,
      @Doc("Accepted for Loki files.") @Default("false") boolean loggingEnabled,
      @Doc("Accepted for Loki files; streams are never split.") @Default("1536KB")
          ByteSize desiredRate) {}

  /** Streams of a policy. */
  public record PriorityStream(
      @Doc("Streams that match belong to the policy.") @Default("\"\"") String selector,
      @Doc("The highest priority wins.") @Default("0") @Range(min = Integer.MIN_VALUE)
          int priority) {}
}
