package dev.skald.server;

import dev.skald.config.ByteSize;
import dev.skald.ingest.IngestConfig;
import dev.skald.ingest.IngestLimits;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.protocol.wire.BodyLimits;
import dev.skald.query.BlockedQuery;
import dev.skald.query.QueryLimits;
import dev.skald.query.ReadLimits;
import dev.skald.query.tail.TailLimits;
import dev.skald.server.config.DistributorConfig;
import dev.skald.server.config.LimitsConfig;
import dev.skald.server.config.QueryPathLimits;
import dev.skald.server.config.SchemaConfig;
import dev.skald.server.config.SkaldConfig;
import dev.skald.server.config.WritePathLimits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** From the configuration's words to those of the rooms that obey. */
final class LimitMapping {
  /** Centuries; times may be added to it. */
  private static final long NO_TIMEOUT_NANOS = Long.MAX_VALUE / 2;

  private LimitMapping() {}

  static QueryLimits query(LimitsConfig limits, SkaldConfig config) {
    QueryPathLimits query = limits.query();
    boolean aligned =
        config.queryRange().alignQueriesWithStep() || !query.splitQueriesByInterval().isZero();
    return new QueryLimits(
        query.maxEntriesLimitPerQuery(),
        query.maxQueryLength().toNanos(),
        query.maxQueryLookback().toNanos(),
        query.maxQueryRange().toNanos(),
        query.maxQuerySeries(),
        query.maxStreamsMatchersPerQuery(),
        query.requiredLabels(),
        query.minimumLabelsNumber(),
        new ReadLimits(
            query.maxQueryBytesRead().bytes(),
            query.maxQuerierBytesRead().bytes(),
            query.splitQueriesByInterval().toNanos(),
            query.splitInstantMetricQueriesByInterval().toNanos(),
            query.maxChunksPerQuery(),
            query.cardinalityLimit()),
        query.queryTimeout().isZero() ? NO_TIMEOUT_NANOS : query.queryTimeout().toNanos(),
        query.maxQueryMemory().bytes(),
        aligned ? QueryLimits.StepAlignment.ALIGNED : QueryLimits.StepAlignment.AS_GIVEN,
        switch (query.queryDialect()) {
          case SKALD -> Dialect.SKALD;
          case LOKI -> Dialect.LOKI;
        },
        features(query),
        query.maxQueryParallelism() == 0 ? QueryLimits.Querying.OFF : QueryLimits.Querying.ON,
        new QueryLimits.Volume(
            query.volumeEnabled()
                ? QueryLimits.Volume.Access.OPEN
                : QueryLimits.Volume.Access.CLOSED,
            query.volumeMaxSeries()),
        query.blockedQueries().stream().map(LimitMapping::blocked).toList());
  }

  private static BlockedQuery blocked(QueryPathLimits.BlockedQuery rule) {
    List<BlockedQuery.Kind> kinds = new ArrayList<>();
    for (String type : rule.types()) {
      for (BlockedQuery.Kind kind : BlockedQuery.Kind.values()) {
        if (kind.name().equalsIgnoreCase(type.strip())) {
          kinds.add(kind);
        }
      }
    }
    Map<String, String> tags = new HashMap<>();
    rule.queryTags()
        .forEach(
            (name, value) ->
                tags.put(name.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT)));
    return new BlockedQuery(rule.pattern(), rule.regex(), rule.hash(), kinds, tags);
  }

  static TailLimits tails(SkaldConfig config) {
    TailLimits defaults = TailLimits.DEFAULTS;
    return new TailLimits(
        config.querier().tailMaxDuration().toNanos(),
        defaults.waitingEntriesMax(),
        defaults.waitingBytesMax(),
        defaults.batchBytesMax());
  }

  /** Skald's dialect has them all; in Loki's they are turned on as there. */
  private static Set<QueryLimits.Feature> features(QueryPathLimits query) {
    boolean all = query.queryDialect() == QueryPathLimits.QueryDialect.SKALD;
    Set<QueryLimits.Feature> features = EnumSet.noneOf(QueryLimits.Feature.class);
    if (all || query.shardAggregations().contains("approx_topk")) {
      features.add(QueryLimits.Feature.APPROX_TOPK);
    }
    if (all || query.enableMultiVariantQueries()) {
      features.add(QueryLimits.Feature.VARIANTS);
    }
    return features;
  }

  static IngestLimits ingest(LimitsConfig limits, SkaldConfig config) {
    WritePathLimits write = limits.write();
    return new IngestLimits(
        new IngestLimits.LabelLimits(
            write.maxLabelNamesPerSeries(),
            write.maxLabelNameLength(),
            write.maxLabelValueLength()),
        new IngestLimits.TimeLimits(
            write.rejectOldSamples(),
            write.rejectOldSamplesMaxAge().toNanos(),
            write.creationGracePeriod().toNanos(),
            earliest(config)),
        new IngestLimits.LineLimits(
            write.maxLineSize().bytes(),
            write.maxLineSizeTruncate(),
            write.maxLineSizeTruncateIdentifier()),
        new IngestLimits.MetadataLimits(
            write.allowStructuredMetadata(),
            write.maxStructuredMetadataSize().bytes(),
            write.maxStructuredMetadataEntriesCount()),
        new IngestLimits.RateLimits(
            write.ingestionRateMb(),
            write.ingestionBurstSizeMb(),
            write.perStreamRateLimit().bytes(),
            write.perStreamRateLimitBurst().bytes(),
            write.shardStreams().enabled()),
        new IngestLimits.StreamLimits(write.maxStreamsPerUser(), write.maxGlobalStreamsPerUser()),
        new IngestLimits.Discovery(
            write.discoverServiceName(),
            write.discoverLogLevels(),
            write.logLevelFields(),
            write.logLevelFromJsonMaxDepth(),
            write.incrementDuplicateTimestamp(),
            write.discoverGenericFields().fields()),
        enforcement(write),
        OtlpMapping.rules(write.otlpConfig(), config.distributor().otlpConfig()));
  }

  /** Where the first period of {@code schema_config} begins: older entries have no place in Loki. */
  private static long earliest(SkaldConfig config) {
    long earliest = Long.MAX_VALUE;
    for (SchemaConfig.Period period : config.schemaConfig().configs()) {
      LocalDate from = period.from();
      long start =
          from == null ? Long.MIN_VALUE : epochNanos(from.atStartOfDay(ZoneOffset.UTC).toInstant());
      earliest = Math.min(earliest, start);
    }
    return earliest == Long.MAX_VALUE ? Long.MIN_VALUE : earliest;
  }

  private static IngestLimits.Enforcement enforcement(WritePathLimits write) {
    Map<String, Long> policyBlocks = new HashMap<>();
    write
        .blockIngestionPolicyUntil()
        .forEach((policy, until) -> policyBlocks.put(policy, epochNanos(until)));
    List<IngestLimits.PolicyRule> rules = new ArrayList<>();
    write
        .policyStreamMapping()
        .forEach(
            (policy, streams) ->
                streams.forEach(
                    stream ->
                        rules.add(
                            new IngestLimits.PolicyRule(
                                policy,
                                LogqlParser.parseMatchers(stream.selector()),
                                stream.priority()))));
    return new IngestLimits.Enforcement(
        write.enforcedLabels(),
        write.policyEnforcedLabels(),
        write.blockIngestionUntil() == null
            ? IngestLimits.NEVER
            : epochNanos(write.blockIngestionUntil()),
        policyBlocks,
        write.blockIngestionStatusCode(),
        rules);
  }

  private static long epochNanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  /** Bytes of all pushes being decoded at once: one of the largest while its buffer grows, or many small ones. */
  private static final long INFLIGHT_BYTES_MAX = 112L << 20;

  /** A push is in memory whole, so Skald takes none beyond this, whatever is configured. */
  private static final int WIRE_BYTES_MAX = 16 << 20;

  private static final int INFLATED_BYTES_MAX = 64 << 20;
  private static final int ENTRIES_PER_PUSH_MAX = 2_000_000;
  private static final int RETRY_AFTER_SECONDS = 1;

  static IngestConfig ingestConfig(SkaldConfig config) {
    DistributorConfig distributor = config.distributor();
    long inflight = distributor.maxInflightBytes().bytes();
    return new IngestConfig(
        new BodyLimits(
            bodyBytes(distributor.maxRecvMsgSize(), WIRE_BYTES_MAX),
            bodyBytes(distributor.maxDecompressedSize(), INFLATED_BYTES_MAX)),
        inflight == 0 ? INFLIGHT_BYTES_MAX : inflight,
        ENTRIES_PER_PUSH_MAX,
        config.ingester().maxReturnedStreamErrors(),
        RETRY_AFTER_SECONDS);
  }

  /** The smaller of what is configured and what Skald takes at all. */
  private static int bodyBytes(ByteSize limit, int max) {
    return Math.clamp(limit.bytes(), 1, max);
  }
}
