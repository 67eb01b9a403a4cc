package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of earlier releases: one warning each, and what they mean now. */
class ObsoleteKeysTest {
  private final Path folder;

  ObsoleteKeysTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /**
   * @param difference from the defaults, as YAML in one line
   */
  record Case(String yaml, String difference, List<String> warnings) {}

  private static Case moved(String yaml, String from, String to, String difference) {
    return new Case(yaml, difference, List.of(obsolete(from) + "treated as " + to));
  }

  private static Case ignored(String yaml, String key) {
    return new Case(yaml, "{}", List.of(obsolete(key) + "ignored"));
  }

  private static String obsolete(String key) {
    return "config key \"" + key + "\" is obsolete and ";
  }

  static List<Case> cases() {
    return List.of(
        moved(
            "chunk_store_config: {max_look_back_period: 7d}",
            "chunk_store_config.max_look_back_period",
            "limits_config.max_query_lookback",
            "limits_config:\n  max_query_lookback: 1w"),
        // The new key wins.
        moved(
            "chunk_store_config: {max_look_back_period: 7d}\n"
                + "limits_config: {max_query_lookback: 3d}",
            "chunk_store_config.max_look_back_period",
            "limits_config.max_query_lookback",
            "limits_config:\n  max_query_lookback: 3d"),
        moved(
            "chunk_encoding: snappy",
            "chunk_encoding",
            "ingester.chunk_encoding",
            "ingester:\n  chunk_encoding: snappy"),
        moved(
            "http_prefix: /x",
            "http_prefix",
            "server.http_path_prefix",
            "server:\n  http_path_prefix: /x"),
        moved(
            "server: {http_prefix: /x}",
            "server.http_prefix",
            "server.http_path_prefix",
            "server:\n  http_path_prefix: /x"),
        moved(
            "limits_config: {per_tenant_override_config: /o.yaml}",
            "limits_config.per_tenant_override_config",
            "runtime_config.file",
            "runtime_config:\n  file:\n  - /o.yaml"),
        moved(
            "limits_config: {per_tenant_override_period: 1m}",
            "limits_config.per_tenant_override_period",
            "runtime_config.period",
            "runtime_config:\n  period: 1m"),
        moved(
            "compactor: {deletion_mode: disabled}",
            "compactor.deletion_mode",
            "limits_config.deletion_mode",
            "limits_config:\n  deletion_mode: disabled"),
        moved(
            "compactor: {shared_store: filesystem}",
            "compactor.shared_store",
            "compactor.delete_request_store",
            "compactor:\n  delete_request_store: filesystem"),
        moved(
            "querier: {query_timeout: 5m}",
            "querier.query_timeout",
            "limits_config.query_timeout",
            "limits_config:\n  query_timeout: 5m"),
        moved(
            "querier: {engine: {timeout: 5m}}",
            "querier.engine.timeout",
            "limits_config.query_timeout",
            "limits_config:\n  query_timeout: 5m"),
        moved(
            "query_range: {split_queries_by_interval: 15m}",
            "query_range.split_queries_by_interval",
            "limits_config.split_queries_by_interval",
            "limits_config:\n  split_queries_by_interval: 15m"),
        moved(
            "query_range: {results_cache: {max_freshness: 5m}}",
            "query_range.results_cache.max_freshness",
            "limits_config.max_cache_freshness_per_query",
            "limits_config:\n  max_cache_freshness_per_query: 5m"),
        moved(
            "ruler: {remote_write: {client: {url: x}}}",
            "ruler.remote_write.client",
            "ruler.remote_write.clients.default",
            "{}"),
        moved(
            "limits_config: {allow_deletes: false}",
            "limits_config.allow_deletes",
            "deletion_mode: disabled",
            "limits_config:\n  deletion_mode: disabled"),
        moved(
            "limits_config: {allow_deletes: true}",
            "limits_config.allow_deletes",
            "deletion_mode: filter-and-delete",
            "{}"),
        ignored("ingester: {max_transfer_retries: 0}", "ingester.max_transfer_retries"),
        new Case(
            "ingester: {max_transfer_retries: 60}",
            "{}",
            List.of(
                "config key \"ingester.max_transfer_retries\" is 60: there is no hand-over between"
                    + " servers")),
        ignored("limits_config: {enforce_metric_name: false}", "limits_config.enforce_metric_name"),
        ignored("limits_config: {unordered_writes: true}", "limits_config.unordered_writes"),
        ignored("query_range: {split_queries_by_day: true}", "query_range.split_queries_by_day"),
        ignored("frontend_worker: {parallelism: 10}", "frontend_worker.parallelism"),
        ignored("storage_config: {boltdb: {directory: /x}}", "storage_config.boltdb"),
        ignored(
            "storage_config: {tsdb_shipper: {shared_store: s3}}",
            "storage_config.tsdb_shipper.shared_store"),
        ignored(
            "chunk_store_config: {chunk_cache_config: {enable_fifocache: true}}",
            "chunk_store_config.chunk_cache_config.enable_fifocache"),
        new Case(
            "schema_config: {configs: [{row_shards: 16, chunks: {prefix: x}}]}",
            """
            schema_config:
              configs:
              - from: null
                store: ""
                object_store: ""
                schema: ""
                index:
                  prefix: ""
                  period: 0s\
            """,
            List.of(
                obsolete("schema_config.configs[0].row_shards") + "ignored",
                obsolete("schema_config.configs[0].chunks") + "ignored")),
        ignored("table_manager: {poll_interval: 1m}", "table_manager"),
        new Case(
            "storage_config: {boltdb_shipper: {active_index_directory: /d/index}}",
            "common:\n  path_prefix: /d",
            List.of(obsolete("storage_config.boltdb_shipper") + "ignored")),
        new Case(
            "storage_config: {boltdb_shipper: {shared_store: s3}}\n"
                + "schema_config: {configs: [{from: 2020-01-01, object_store: s3},"
                + " {from: 2024-01-01, object_store: filesystem}]}",
            "",
            List.of(
                "config key \"storage_config.boltdb_shipper.shared_store\" is s3, but the newest"
                    + " period of schema_config has object_store filesystem; ignored: there is one"
                    + " store",
                obsolete("storage_config.boltdb_shipper") + "ignored")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void warnsOnceAndKeepsTheMeaning(Case c) {
    LoadedConfig loaded = ConfigFiles.load(folder, c.yaml());
    if (!c.difference().isEmpty()) {
      assertEquals(c.difference() + "\n", ConfigPrinter.difference(loaded.config()));
    }
    assertEquals(c.warnings(), loaded.warnings());
  }

  @Test
  void aStoreThatIsNotBuiltIsSaid() {
    LoadedConfig loaded =
        ConfigFiles.load(
            folder,
            "common: {path_prefix: /d}\n"
                + "schema_config: {configs: [{from: 2024-01-01, object_store: gcs}]}");
    assertEquals(
        List.of("object store gcs is not built yet: all data is kept in the folder /d"),
        loaded.warnings());
  }
}
