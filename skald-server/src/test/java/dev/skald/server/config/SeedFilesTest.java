package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.config.ByteSize;
import dev.skald.server.config.RetentionLimits.StreamRetention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that users run today load, and mean what they say. */
class SeedFilesTest {
  private static final Duration WEEK = Duration.ofDays(7);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000_configmap-loki",
        "000_helm-values-loki",
        "001_loki-config",
        "002_helm-values-loki-config",
        "003_loki-config"
      })
  void everyWholeFileListensOnAllInterfacesWithoutTenants(String name) {
    SkaldConfig config = seed(name).config();
    assertFalse(config.authEnabled());
    assertEquals("", config.server().httpListenAddress());
    assertEquals(3100, config.server().httpListenPort());
  }

  @Test
  void configMapOfLokiTwo() {
    LoadedConfig loaded = seed("000_configmap-loki");
    SkaldConfig config = loaded.config();
    assertEquals(9096, config.server().grpcListenPort());
    assertEquals(Path.of("/loki/chunks"), config.dataDirectory());
    assertEquals(Path.of("/loki/wal"), config.walDirectory());
    assertEquals(Duration.ofMinutes(5), config.ingester().chunkIdlePeriod());
    LimitsConfig limits = config.limitsConfig();
    assertEquals(10.0, limits.write().ingestionRateMb());
    assertEquals(20.0, limits.write().ingestionBurstSizeMb());
    assertEquals(WEEK, limits.write().rejectOldSamplesMaxAge());
    assertEquals(WEEK, limits.query().maxQueryLookback());
    assertEquals(
        List.of(
            obsolete("chunk_store_config.max_look_back_period")
                + "treated as limits_config.max_query_lookback",
            obsolete("table_manager")
                + "treated as retention: everything older than 168h is deleted; use"
                + " compactor.retention_enabled and limits_config.retention_period",
            obsolete("ingester.max_transfer_retries") + "ignored",
            obsolete("storage_config.boltdb_shipper") + "ignored",
            obsolete("limits_config.enforce_metric_name") + "ignored"),
        loaded.warnings());
    RetentionPolicy retention = config.retention(limits);
    assertEquals(WEEK, retention.period());
  }

  @Test
  void helmValuesOfLokiTwo() {
    SkaldConfig config = seed("000_helm-values-loki").config();
    assertEquals(ServerConfig.LogLevel.INFO, config.server().logLevel());
    assertEquals(5000, config.limitsConfig().query().maxEntriesLimitPerQuery());
    assertEquals(10_000, config.limitsConfig().write().maxStreamsPerUser());
    assertEquals(10_000, config.limitsConfig().write().maxGlobalStreamsPerUser());
    assertTrue(config.compactor().retentionEnabled());
    assertEquals("filesystem", config.deleteRequestStore());
    // Both kinds of retention are on: the shorter period counts, and for ever is the longest.
    assertEquals(WEEK, config.retention(config.limitsConfig()).period());
  }

  @Test
  void retentionByStreamLiesOverItsBase() {
    SkaldConfig config = seed("000_helm-values-loki", "000_retention-by-stream.fragment").config();
    WritePathLimits write = config.limitsConfig().write();
    assertEquals(ByteSize.parse("3MB"), write.perStreamRateLimit());
    assertEquals(ByteSize.parse("15MB"), write.perStreamRateLimitBurst());
    assertEquals(10.0, write.ingestionRateMb());
    List<StreamRetention> wanted =
        List.of(
            new StreamRetention("{namespace=\"production\"}", 1, Duration.ofDays(14)),
            new StreamRetention("{level=\"DEBUG\"}", 2, Duration.ofDays(1)));
    assertEquals(wanted, config.limitsConfig().retention().retentionStream());
    // The table manager drops everything after a week, production too.
    RetentionPolicy retention = config.retention(config.limitsConfig());
    assertEquals(WEEK, retention.streams().get(0).period());
    assertEquals(Duration.ofDays(1), retention.streams().get(1).period());
  }

  @Test
  void rulerLiesOverItsBase() {
    for (String base : List.of("000_helm-values-loki", "000_configmap-loki")) {
      RulerConfig ruler = seed(base, "000_ruler-alertmanager.fragment").config().ruler();
      assertTrue(ruler.enableApi());
      assertTrue(ruler.enableAlertmanagerV2());
      assertEquals("http://alertmanager:9093", ruler.alertmanagerUrl());
      assertEquals("/loki/rules", ruler.storage().local().directory());
      assertEquals("/tmp/rules", ruler.rulePath());
    }
  }

  @Test
  void simpleFileOfLokiThree() {
    LoadedConfig loaded = seed("001_loki-config");
    assertEquals(List.of(), loaded.warnings());
    assertEquals(Path.of("/loki/chunks"), loaded.config().dataDirectory());
    assertEquals(Path.of("/loki/chunks/wal"), loaded.config().walDirectory());
    assertEquals("filesystem", loaded.config().deleteRequestStore());
    assertEquals(Duration.ofHours(2), loaded.config().compactor().retentionDeleteDelay());
    assertEquals(Duration.ZERO, loaded.config().retention(loaded.config().limitsConfig()).period());
  }

  @Test
  void fragmentsOfLokiThreeLieOverTheirBase() {
    SkaldConfig retention = seed("001_loki-config", "001_retention.fragment").config();
    assertEquals(WEEK, retention.retention(retention.limitsConfig()).period());
    SkaldConfig limits = seed("001_loki-config", "001_ingestion-limits.fragment").config();
    assertEquals(20.0, limits.limitsConfig().write().ingestionBurstSizeMb());
    LoadedConfig encoding = seed("001_loki-config", "001_chunk-encoding.fragment");
    assertEquals("snappy", encoding.config().ingester().chunkEncoding());
    assertEquals(
        List.of(obsolete("chunk_encoding") + "treated as ingester.chunk_encoding"),
        encoding.warnings());
  }

  @Test
  void tableManagerAloneIsRetention() {
    SkaldConfig config = seed("002_helm-values-loki-config").config();
    assertEquals(Path.of("/data/loki/chunks"), config.dataDirectory());
    assertFalse(config.compactor().retentionEnabled());
    assertEquals(WEEK, config.retention(config.limitsConfig()).period());
  }

  @Test
  void composeFileWithDaysAndSizes() {
    SkaldConfig config = seed("003_loki-config").config();
    assertEquals(Path.of("/loki/storage"), config.dataDirectory());
    LimitsConfig limits = config.limitsConfig();
    assertEquals(Duration.ofDays(30), config.retention(limits).period());
    assertEquals(Duration.ofHours(721), limits.query().maxQueryLength());
    assertEquals(32, limits.query().maxQueryParallelism());
    assertEquals(ByteSize.parse("5MB"), limits.write().perStreamRateLimit());
    assertEquals(10_000, limits.query().maxEntriesLimitPerQuery());
    assertEquals("/loki/rules-temp", config.ruler().rulePath());
  }

  @Test
  void bucketOfAnotherSeedTakesNoEffectOverFilesystem() {
    LoadedConfig loaded = seed("003_loki-config", "004_storage-s3.fragment");
    assertEquals(List.of(), loaded.warnings());
    assertEquals(Path.of("/loki/storage"), loaded.config().dataDirectory());
    S3Location location = S3Location.parse(loaded.config().storageConfig().aws().s3());
    assertEquals("neurectomy-data", location.bucket());
    assertEquals("loki-chunks/", location.prefix());
  }

  @Test
  void rootDirectoryMovesAllAbsolutePaths() {
    LoadedConfig loaded =
        ConfigFiles.load(
            List.of("seeds/000_configmap-loki.yaml", "seeds/000_ruler-alertmanager.fragment.yaml"),
            "-root-directory=/srv/skald");
    SkaldConfig config = loaded.config();
    assertEquals(Path.of("/srv/skald/loki/chunks"), config.dataDirectory());
    assertEquals(Path.of("/srv/skald/loki/wal"), config.walDirectory());
    assertEquals("/srv/skald/tmp/rules", config.ruler().rulePath());
    assertEquals("/srv/skald/loki/rules", config.ruler().storage().local().directory());
  }

  private static LoadedConfig seed(String... names) {
    return ConfigFiles.load(
        java.util.Arrays.stream(names).map(name -> "seeds/" + name + ".yaml").toList());
  }

  private static String obsolete(String key) {
    return "config key \"" + key + "\" is obsolete and ";
  }
}
