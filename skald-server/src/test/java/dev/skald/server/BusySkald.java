package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;

/** A server that has done a bit of everything that is counted. */
public final class BusySkald {
  private static final String YAML =
      """
      auth_enabled: false
      compactor: {retention_enabled: true, delete_request_store: filesystem}
      runtime_config: {file: [%s]}
      frontend: {max_outstanding_per_tenant: 10}
      limits_config:
        max_line_size: 1KB
        max_line_size_truncate: true
        retention_period: 744h
        blocked_queries: [{pattern: '{container="blocked"}'}]
      """;

  private BusySkald() {}

  /** Starts it, and lets it work. */
  public static RunningSkald start(Path folder) throws Exception {
    Path overrides = folder.resolve("overrides.yaml");
    Files.writeString(overrides, "overrides: {}\n");
    RunningSkald skald = RunningSkald.start(folder, YAML.formatted(overrides));
    String[] json = {"Content-Type", "application/json"};
    for (int i = 0; i < 5; i++) {
      skald.push("{\"container\":\"c" + i + "\"}", 10 + i, "line " + i);
    }
    skald.push("{\"container\":\"c0\"}", 5, "x".repeat(2000));
    String old = RunningSkald.body("{\"container\":\"c0\"}", RunningSkald.nanos(999_999_999), "x");
    assertEquals(400, skald.post("/loki/api/v1/push", old, json).statusCode());
    String lines = RunningSkald.escaped("{container=~\".+\"}");
    assertEquals(200, skald.get("/loki/api/v1/query_range?query=" + lines).statusCode());
    String blocked = RunningSkald.escaped("{container=\"blocked\"}");
    assertEquals(400, skald.get("/loki/api/v1/query_range?query=" + blocked).statusCode());
    String number = RunningSkald.escaped("vector(1)+vector(1)");
    assertEquals(200, skald.get("/loki/api/v1/query?query=" + number).statusCode());
    String start = RunningSkald.nanos(3600).substring(0, 10);
    String delete = "/loki/api/v1/delete?start=" + start + "&query=" + lines;
    assertEquals(204, skald.post(delete, "").statusCode());
    assertEquals(204, skald.post("/flush", "").statusCode());
    return skald;
  }
}
