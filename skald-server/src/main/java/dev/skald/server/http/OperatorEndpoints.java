package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.protocol.query.JsonTreeWriter;
import dev.skald.server.log.LogOutput;
import dev.skald.storage.LogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What operators do to a running server, and what they look at (spec http-api.md 6). None of it needs a tenant. */
final class OperatorEndpoints {
  /** What Loki's parts are called; all of them are this one process. */
  private static final List<String> SERVICES =
      List.of(
          "analytics",
          "cache-generation-loader",
          "compactor",
          "distributor",
          "ingester",
          "querier",
          "query-frontend",
          "query-scheduler",
          "ring",
          "ruler",
          "runtime-config",
          "server",
          "store");

  private final EpochClock clock;
  private final LogStore store;
  private final AtomicBoolean ready;
  private final Runnable terminate;
  private final String address;
  private final AtomicBoolean preparesShutdown = new AtomicBoolean();

  /**
   * @param ready made false when the server is told to stop
   * @param terminate ends the process, some time after it was called
   * @param address that the server listens on, for the ring pages
   */
  OperatorEndpoints(
      EpochClock clock, LogStore store, AtomicBoolean ready, Runnable terminate, String address) {
    this.clock = clock;
    this.store = store;
    this.ready = ready;
    this.terminate = terminate;
    this.address = address;
  }

  Reply services(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    SERVICES.forEach(name -> text.append(name).append(" => Running\n"));
    return Reply.text(200, text.toString());
  }

  Reply logLevel(Exchange exchange) throws IOException {
    return message(Map.of("message", "Current log level is " + LogOutput.level()));
  }

  Reply setLogLevel(Exchange exchange) throws IOException {
    String level = exchange.parameters().first("log_level");
    Map<String, Object> body = new LinkedHashMap<>();
    try {
      LogOutput.setLevel(level);
    } catch (IllegalArgumentException e) {
      body.put("status", "failed");
      body.put("message", String.valueOf(e.getMessage()));
      return new Reply(400, Reply.JSON, Map.of(), JsonTreeWriter.write(body));
    }
    body.put("status", "success");
    body.put("message", "Log level set to " + level);
    return message(body);
  }

  private static Reply message(Map<String, Object> body) throws IOException {
    return Reply.json(JsonTreeWriter.write(body));
  }

  /** Waits until what is in memory now stands in segments. */
  Reply flush(Exchange exchange) {
    store.flush();
    return Reply.empty(204);
  }

  /** The same for one tenant; others are flushed with it. */
  Reply flushTenant(Exchange exchange) {
    exchange.tenant();
    return flush(exchange);
  }

  Reply shutdownIsPrepared(Exchange exchange) {
    return Reply.text(200, preparesShutdown.get() ? "set\n" : "unset\n");
  }

  Reply prepareShutdown(Exchange exchange) {
    preparesShutdown.set(true);
    store.flush(); // what is still to come is in the log, and found again
    return Reply.empty(204);
  }

  Reply unprepareShutdown(Exchange exchange) {
    preparesShutdown.set(false);
    return Reply.empty(204);
  }

  /** {@code flush=true} is the default, and so is {@code terminate=true}. */
  Reply shutdown(Exchange exchange) throws IOException {
    if (!ready.compareAndSet(true, false)) {
      return Reply.error(503, "Ingester is stopping or already stopped.\n");
    }
    Parameters parameters = exchange.parameters();
    if (!parameters.first("flush").equals("false")) {
      store.flush();
    }
    if (!parameters.first("terminate").equals("false")) {
      terminate.run();
    }
    return Reply.empty(204);
  }

  /** One server is all of every ring. */
  Reply ring(Exchange exchange) throws IOException {
    String now = Instant.ofEpochMilli(clock.nowEpochNanos() / 1_000_000L).toString();
    if (exchange.header("Accept").orElse("").contains("application/json")) {
      Map<String, Object> shard = new LinkedHashMap<>();
      shard.put("id", "skald");
      shard.put("state", "ACTIVE");
      shard.put("address", address);
      shard.put("timestamp", now);
      shard.put("zone", "");
      shard.put("tokens", List.of(0));
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("shards", List.of(shard));
      body.put("now", now);
      return message(body);
    }
    return page(
        "Ring Status",
        "<table><tr><th>Instance</th><th>State</th><th>Address</th></tr>"
            + "<tr><td>skald</td><td>ACTIVE</td><td>"
            + address
            + "</td></tr></table><p>"
            + now
            + "</p>");
  }

  Reply memberlist(Exchange exchange) {
    return page("Memberlist", "<p>One server, no members.</p>");
  }

  private static Reply page(String title, String body) {
    String html =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
        <body><h1>%s</h1>%s</body></html>
        """
            .formatted(title, title, body);
    return new Reply(
        200, "text/html; charset=utf-8", Map.of(), html.getBytes(StandardCharsets.UTF_8));
  }

  /** Skald reports its usage to nobody. */
  Reply analytics(Exchange exchange) throws IOException {
    return message(Map.of("reporting_enabled", false));
  }

  Reply syncIndexes(Exchange exchange) {
    return Reply.error(503, "there is no index to be synchronised\n");
  }
}
