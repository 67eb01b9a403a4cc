package dev.skald.server.config;

import dev.skald.config.Default;
import dev.skald.config.Doc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a server is told. A record that exists is valid; made by {@link ConfigLoader}. */
public record SkaldConfig(
    @Doc("Modules to run; accepted for Loki files: one process runs them all.") @Default("[all]")
        List<String> target,
    @Doc(
            "Requests must name their tenant in X-Scope-OrgID; without any configuration "
                + "file it is false.")
        @Default("true")
        boolean authEnabled,
    @Doc("The tenant of every request where auth_enabled is false.") @Default("fake")
        String noAuthTenant,
    @Doc("Time between the signal to stop and stopping; /ready says 503 meanwhile.") @Default("0s")
        Duration shutdownDelay,
    @Doc("Limits that a tenant can read over HTTP; an empty list is all.")
        @Default(
            "[discover_log_levels, discover_service_name, log_level_fields, "
                + "max_entries_limit_per_query, max_line_size_truncate, max_query_bytes_read, "
                + "max_query_length, max_query_lookback, max_query_range, max_query_series, "
                + "metric_aggregation_enabled, otlp_config, pattern_persistence_enabled, "
                + "query_timeout, retention_period, retention_stream, volume_enabled, "
                + "volume_max_series]")
        List<String> tenantLimitsAllowPublish,
    ServerConfig server,
    CommonConfig common,
    DurabilityConfig storage,
    DistributorConfig distributor,
    IngesterConfig ingester,
    QuerierConfig querier,
    QueryRangeConfig queryRange,
    FrontendConfig frontend,
    StorageConfig storageConfig,
    ChunkStoreConfig chunkStoreConfig,
    SchemaConfig schemaConfig,
    CompactorConfig compactor,
    TableManagerConfig tableManager,
    LimitsConfig limitsConfig,
    RuntimeConfig runtimeConfig,
    PatternIngesterConfig patternIngester,
    RulerConfig ruler,
    RulerStorageConfig rulerStorage) {
  public SkaldConfig {
    Targets.check(target);
  }

  /** The folder of everything that is stored; docs/config.md, "Where data goes". */
  public Path dataDirectory() {
    return DataFolder.of(this);
  }

  /** The folder of the write-ahead log: {@code ingester.wal.dir}, else {@code wal} in the data folder. */
  public Path walDirectory() {
    String dir = ingester.wal().dir();
    return dir.isEmpty() ? dataDirectory().resolve("wal") : Path.of(dir);
  }

  /** Where segments are kept, if not in {@link #dataDirectory}: null if they are. */
  public @Nullable S3Bucket bucket() {
    return S3Bucket.of(this);
  }

  /** Where rules are kept, or read. */
  public RulePlace rulePlace() {
    return RulePlace.of(this);
  }

  /** How long a tenant's entries are kept, by its limits and all else that has a say. */
  public RetentionPolicy retention(LimitsConfig limits) {
    return RetentionPolicy.of(this, limits);
  }

  /** The store of delete requests; where none is named, that of the newest schema period. */
  public String deleteRequestStore() {
    return compactor.deleteRequestStore().isEmpty()
        ? schemaConfig.newestObjectStore()
        : compactor.deleteRequestStore();
  }

  /** When a push is acknowledged; {@code ingester.wal.enabled: false} asks for no more than {@code os}. */
  public DurabilityConfig.Durability durability() {
    return ingester.wal().enabled() ? storage.durability() : DurabilityConfig.Durability.OS;
  }
}
