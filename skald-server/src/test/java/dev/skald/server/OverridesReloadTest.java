package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import dev.skald.server.config.RuntimeFiles;
import dev.skald.server.config.RuntimeOverrides;
import dev.skald.server.config.SkaldConfig;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Overrides change while the server runs, and a broken file changes nothing. */
final class OverridesReloadTest {
  private static final TenantId TENANT = new TenantId("t");

  private final Path file;
  private final Logger logger = Logger.getLogger(OverridesReload.class.getName());
  private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue()) {
            errors.add(record.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  OverridesReloadTest(@TempDir Path folder) {
    file = folder.resolve("overrides.yaml");
  }

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
  }

  private void write(String yaml) throws IOException {
    Files.writeString(file, yaml);
  }

  private SkaldConfig config(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("-runtime-config.file=" + file);
    if (flags.length == 0) {
      all.add("-config.file=");
    }
    return ConfigLoader.load(CommandLine.parse(all.toArray(String[]::new))).config();
  }

  private static SkaldConfig configOf(String url) {
    return ConfigLoader.load(CommandLine.parse("-config.file=", "-runtime-config.file=" + url))
        .config();
  }

  /** What a web server says of overrides, and what it makes of a request for anything else. */
  private static HttpServer serve(AtomicReference<String> yaml) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isThere = exchange.getRequestURI().getPath().equals("/overrides.yaml");
          byte[] body =
              (isThere ? Objects.requireNonNull(yaml.get()) : "gone")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isThere ? 200 : 404, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    return server;
  }

  @Test
  void readsFromAUrl() throws IOException {
    AtomicReference<String> yaml = new AtomicReference<>("overrides: {t: {max_line_size: 100B}}");
    HttpServer server = serve(yaml);
    try {
      String host = "http://127.0.0.1:" + server.getAddress().getPort();
      Running running = start(configOf(host + "/overrides.yaml"));
      assertEquals(100, running.limits().ingest(TENANT).lines().bytesMax());
      yaml.set("overrides: {t: {max_line_size: 200B}}");
      running.reload().look();
      assertEquals(200, running.limits().ingest(TENANT).lines().bytesMax());
      yaml.set("overrides: [");
      running.reload().look();
      assertEquals(200, running.limits().ingest(TENANT).lines().bytesMax());
      assertFalse(running.reload().state().successful());

      SkaldConfig absent = configOf(host + "/absent.yaml");
      SkaldException e = assertThrows(SkaldException.class, () -> start(absent));
      assertEquals(
          "runtime_config.file: " + host + "/absent.yaml cannot be read: status 404",
          e.getMessage());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void urlWithAPasswordIsRefusedWithoutShowingIt() {
    SkaldConfig config = configOf("https://me:hush@127.0.0.1/overrides.yaml");
    SkaldException e = assertThrows(SkaldException.class, () -> start(config));
    assertEquals(
        "runtime_config.file: a URL must have a host, and no user name or password",
        e.getMessage());
  }

  private record Running(LiveLimits limits, OverridesReload reload) {}

  private static Running start(SkaldConfig config) {
    RuntimeFiles files = RuntimeFiles.read(config);
    LiveLimits limits = new LiveLimits(config, RuntimeOverrides.load(files, config.limitsConfig()));
    return new Running(limits, new OverridesReload(config, files, limits));
  }

  @Test
  void bothPathsAndRetentionObeyAtOnce() throws IOException {
    write("overrides: {t: {max_line_size: 100B, max_query_series: 3}}");
    Running running = start(config());
    LiveLimits limits = running.limits();
    assertEquals(100, limits.ingest(TENANT).lines().bytesMax());
    assertEquals(3, limits.query(TENANT).querySeriesMax());
    String sha256 = running.reload().state().sha256();

    write("overrides: {t: {max_line_size: 200B, max_query_series: 4, deletion_rows_max: 7}}");
    running.reload().look();
    assertEquals(200, limits.ingest(TENANT).lines().bytesMax());
    assertEquals(4, limits.query(TENANT).querySeriesMax());
    assertEquals(7, limits.kept(TENANT).limits().deletionRowsMax());
    assertTrue(running.reload().state().successful());
    assertNotEquals(sha256, running.reload().state().sha256());

    write("overrides: {other: {max_line_size: 1B}}");
    running.reload().look();
    assertEquals(256 << 10, limits.ingest(TENANT).lines().bytesMax());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overrides: {t: {max_line_size: [}}",
        "overrides: {t: {max_line_sise: 1B}}",
        "overrides: {t: {max_line_size: many}}",
        "overrides: {t: {retention_stream: [{selector: '{', period: 24h}]}}",
        "overrides: {t: {policy_stream_mapping: {p: [{selector: 'app'}]}}}",
        "overrides: {t: {discover_generic_fields: {fields: {'...': [a]}}}}"
      })
  void brokenFileKeepsWhatHeldAndIsToldOnce(String broken) throws IOException {
    write("overrides: {t: {max_line_size: 100B}}");
    Running running = start(config());
    write(broken);
    for (int i = 0; i < 3; i++) {
      running.reload().look();
    }
    assertEquals(100, running.limits().ingest(TENANT).lines().bytesMax());
    assertFalse(running.reload().state().successful());
    assertEquals(1, errors.size(), errors.toString());

    write("overrides: {t: {max_line_size: 100B}}");
    running.reload().look();
    assertTrue(running.reload().state().successful());
    write(broken);
    running.reload().look();
    assertEquals(2, errors.size(), errors.toString());
  }

  @Test
  void absentFileKeepsWhatHeld() throws IOException {
    write("overrides: {t: {max_line_size: 100B}}");
    Running running = start(config());
    Files.delete(file);
    running.reload().look();
    assertEquals(100, running.limits().ingest(TENANT).lines().bytesMax());
    assertFalse(running.reload().state().successful());
  }

  @Test
  void whatCannotBeObeyedStopsTheStart() throws IOException {
    write("overrides: {t: {policy_stream_mapping: {p: [{selector: 'app'}]}}}");
    SkaldConfig config = config();
    SkaldException e = assertThrows(SkaldException.class, () -> start(config));
    assertTrue(e.getMessage().startsWith("overrides.t: "), e.getMessage());
  }

  @Test
  void looksByItself() throws Exception {
    write("overrides: {t: {max_line_size: 100B}}");
    Path main = file.resolveSibling("config.yaml");
    Files.writeString(main, "runtime_config: {period: 10ms}");
    Running running = start(config("-config.file=" + main));
    try (OverridesReload reload = running.reload()) {
      reload.start(Threads.jvm());
      write("overrides: {t: {max_line_size: 200B}}");
      long until = System.nanoTime() + 20_000_000_000L;
      while (running.limits().ingest(TENANT).lines().bytesMax() != 200) {
        assertTrue(System.nanoTime() < until, "the change was not seen");
        Thread.sleep(5);
      }
    }
  }
}
