package dev.skald.server.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known is accepted, what is not fails with its line. */
class UnknownKeyTest {
  private final Path folder;

  UnknownKeyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  record Wrong(String yaml, String message) {}

  static List<Wrong> wrong() {
    return List.of(
        new Wrong(
            "limits_config:\n  ingestion_rate_mbb: 4\n",
            "loki.yaml: line 2: unknown key limits_config.ingestion_rate_mbb; did you mean"
                + " ingestion_rate_mb?"),
        new Wrong("sever: {}\n", "loki.yaml: line 1: unknown key sever; did you mean server?"),
        new Wrong("banana: 1\n", "loki.yaml: line 1: unknown key banana"),
        new Wrong(
            "server:\n  grpc_server_max_rcv_msg_size: 1\n",
            "loki.yaml: line 2: unknown key server.grpc_server_max_rcv_msg_size; did you mean"
                + " grpc_server_max_recv_msg_size?"),
        new Wrong(
            "memberlist:\n  join_member: [a]\n",
            "loki.yaml: line 2: unknown key memberlist.join_member; did you mean join_members?"),
        new Wrong(
            "ingester:\n  lifecycler:\n    ring:\n      kvstore:\n        sotre: inmemory\n",
            "loki.yaml: line 5: unknown key ingester.lifecycler.ring.kvstore.sotre; did you mean"
                + " store?"),
        new Wrong(
            "schema_config:\n  configs:\n  - from: 2024-01-01\n    objectstore: s3\n",
            "loki.yaml: line 4: unknown key schema_config.configs[0].objectstore; did you mean"
                + " object_store?"),
        new Wrong(
            "chunk_store_config:\n  chunk_cache_config:\n    redis: {endpont: x}\n",
            "loki.yaml: line 3: unknown key chunk_store_config.chunk_cache_config.redis.endpont;"
                + " did you mean endpoint?"),
        new Wrong(
            "storage_config:\n  named_stores:\n    aws:\n      mine: {bucketname: x}\n",
            "loki.yaml: line 4: unknown key storage_config.named_stores.aws.mine.bucketname; did"
                + " you mean bucketnames?"),
        new Wrong(
            "memberlist:\n  bind_port: http\n",
            "loki.yaml: line 2: memberlist.bind_port: found \"http\", expected a whole number of"
                + " at most 9223372036854775807"),
        new Wrong(
            "analytics: {reporting_enabled: perhaps}\n",
            "loki.yaml: line 1: analytics.reporting_enabled: found \"perhaps\", expected true or"
                + " false"),
        new Wrong(
            "query_scheduler: 3\n",
            "loki.yaml: line 1: query_scheduler: found \"3\", expected a map of keys"),
        new Wrong(
            "target: banana\n", "loki.yaml: line 1: target: unrecognised module name: banana"),
        new Wrong(
            "\ncommon:\n  storage:\n    s3: {}\n    gcs: {}\n",
            "loki.yaml: line 4: too many storage configs provided in the common config, please"
                + " only define one storage backend: gcs, s3"),
        new Wrong(
            "chunk_encoding: brotli\n",
            "loki.yaml: line 1: ingester.chunk_encoding: found \"brotli\", expected one of"
                + " [none, gzip, lz4-64k, snappy, lz4-256k, lz4-1M, lz4, flate, zstd]"),
        new Wrong(
            "limits_config:\n  retention_period: 1h\n",
            "loki.yaml: line 2: limits_config.retention_period: retention period"
                + " must be >= 24h was 1h"),
        new Wrong(
            "limits_config:\n  otlp_config:\n    log_attributes:\n    - action: keep\n",
            "loki.yaml: line 4: limits_config.otlp_config.log_attributes[0]: unsupported action,"
                + " it must be one of: drop, index_label, structured_metadata"),
        new Wrong(
            "limits_config:\n  deletion_mode: maybe\n",
            "loki.yaml: line 2: limits_config.deletion_mode: found \"maybe\", expected one of"
                + " disabled, filter-only, filter-and-delete"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void fails(Wrong c) {
    SkaldException e = assertThrows(SkaldException.class, () -> ConfigFiles.load(folder, c.yaml()));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertEquals(c.message(), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memberlist: {join_members: [a, b], bind_port: 7946}",
        "memberlist: {join_members: loki-memberlist}",
        "query_scheduler: {max_outstanding_requests_per_tenant: 4096}",
        "frontend: {scheduler_address: x, grpc_client_config: {max_recv_msg_size: 100MB}}",
        "analytics: {reporting_enabled: no}",
        "tracing: {enabled: false}",
        "bloom_build: {enabled: false}",
        "ruler: {external_labels: {anything: goes}, alert_relabel_configs: [{a: b}]}",
        "ruler_storage: {s3: {bucket_name: rules}, filesystem: {dir: x}}",
        "storage_config: {tsdb_shipper: {index_gateway_client: {server_address: x}}}",
        "storage_config: {named_stores: {aws: {mine: {bucketnames: x}}}}",
        "storage_config: {use_thanos_objstore: true, object_store: {s3: {bucket_name: x}}}",
        "limits_config: {bloom_creation_enabled: false, tsdb_max_query_parallelism: 512}",
        "limits_config: {ruler_remote_write_config: {x: {url: y}}}",
        "query_range: {results_cache: {cache: {embedded_cache: {enabled: true, max_size_mb: 9}}}}",
        "ingester: {lifecycler: {final_sleep: 0s}, chunk_block_size: 262144}",
        "operational_config: {log_push_request: true}",
        "query_scheduler:",
      })
  void isAcceptedSilently(String yaml) {
    LoadedConfig loaded = assertDoesNotThrow(() -> ConfigFiles.load(folder, yaml));
    assertEquals(List.of(), loaded.warnings());
  }
}
