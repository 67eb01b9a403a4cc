package dev.skald.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come through the doors: methods, sizes, tenants. */
final class DoorsTest {
  private static final String TENANT = "X-Scope-OrgID";
  private static final String[] JSON = {"Content-Type", "application/json"};

  @TempDir static Path folder = Path.of("");
  private static RunningSkald skald;

  @BeforeAll
  static void start() throws IOException {
    skald =
        RunningSkald.start(
            folder,
            """
            auth_enabled: true
            compactor: {retention_enabled: true, delete_request_store: filesystem}
            frontend: {max_body_size: 1MB}
            distributor: {max_recv_msg_size: 1MB, max_decompressed_size: 2MB}
            storage_config: {aws: {secret_access_key: hush-4711}}
            """);
  }

  @AfterAll
  static void stop() {
    if (skald != null) {
      skald.close();
    }
  }

  private static HttpResponse<String> send(String method, String target, String... headers)
      throws Exception {
    return skald.send(method, target, HttpRequest.BodyPublishers.noBody(), headers);
  }

  /** Links and images are fetched with GET: following one must change nothing. */
  @ParameterizedTest
  @CsvSource({
    "GET,/loki/api/v1/push",
    "GET,/api/prom/push",
    "HEAD,/loki/api/v1/push",
    "HEAD,/flush",
    "PUT,/flush",
    "DELETE,/flush",
    "HEAD,/loki/api/v1/delete",
    "POST,/ready",
    "POST,/config",
    "POST,/metrics",
    "DELETE,/loki/api/v1/labels"
  })
  void otherMethodsAreRefused(String method, String target) throws Exception {
    HttpResponse<String> reply = send(method, target, TENANT, "t");
    assertEquals(405, reply.statusCode());
    assertEquals("", reply.body());
  }

  @Test
  void getOfDeletesOnlyLists() throws Exception {
    String query = "?query=" + RunningSkald.escaped("{app=\"a\"}") + "&start=1700000000";
    HttpResponse<String> reply = send("GET", "/loki/api/v1/delete" + query, TENANT, "t");
    assertEquals(200, reply.statusCode());
    assertTrue(List.of("[]", "null").contains(reply.body().strip()), reply.body());
  }

  @Test
  void healthChecksMayAskWithHead() throws Exception {
    HttpResponse<String> reply = send("HEAD", "/ready");
    assertEquals(200, reply.statusCode());
    assertEquals("", reply.body());
    assertEquals("ready\n", send("GET", "/ready").body());
  }

  @Test
  void configurationShowsNoSecrets() throws Exception {
    for (String mode : List.of("", "?mode=diff", "?mode=defaults")) {
      assertFalse(send("GET", "/config" + mode).body().contains("hush-4711"), mode);
    }
    assertTrue(
        send("GET", "/config").body().contains("secret_access_key: '********'")
            || send("GET", "/config").body().contains("secret_access_key: \"********\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../../etc", "a/b", "a\\b", "%2e%2e%2f", "a b", "{}", "a:b"})
  void tenantsThatLookLikePathsAreRefused(String tenant) throws Exception {
    String body = RunningSkald.body("{\"app\":\"a\"}", RunningSkald.nanos(0), "x");
    HttpResponse<String> push =
        skald.post("/loki/api/v1/push", body, JSON[0], JSON[1], TENANT, tenant);
    assertEquals(400, push.statusCode(), push.body());
    assertEquals(400, send("GET", "/loki/api/v1/labels", TENANT, tenant).statusCode());
  }

  /** Names that a tenant may have, and a file system may take for something else. */
  @ParameterizedTest
  @ValueSource(strings = {"...", "..a", ".hidden-x", "-rf-x", "CON-x", "a..b-x", "x!*'()", "'x'"})
  void tenantsNeverBecomePaths(String tenant) throws Exception {
    String body = RunningSkald.body("{\"app\":\"a\"}", RunningSkald.nanos(0), "of " + tenant);
    HttpResponse<String> push =
        skald.post("/loki/api/v1/push", body, JSON[0], JSON[1], TENANT, tenant);
    assertEquals(204, push.statusCode(), push.body());
    assertEquals(204, skald.post("/flush", "").statusCode());
    String query = "/loki/api/v1/query_range?query=" + RunningSkald.escaped("{app=\"a\"}");
    assertTrue(send("GET", query, TENANT, tenant).body().contains("of " + tenant));
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> named =
          files.filter(file -> folder.relativize(file).toString().contains(tenant)).toList();
      assertEquals(List.of(), named);
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertEquals(List.of("data", "skald.yaml"), names);
    }
  }

  @Test
  void tooLargeBodiesAreSaidToBe() throws Exception {
    String large = "x".repeat(3 << 20);
    String[] form = {"Content-Type", "application/x-www-form-urlencoded", TENANT, "t"};
    HttpResponse<String> query = skald.post("/loki/api/v1/query", "query=" + large, form);
    assertEquals(413, query.statusCode());
    assertEquals("form body too large: max=1048576 bytes", query.body());
    HttpResponse<String> push =
        skald.post("/loki/api/v1/push", large, JSON[0], JSON[1], TENANT, "t");
    assertEquals(413, push.statusCode());
    assertTrue(push.body().startsWith("request body too large: "), push.body());
  }

  /** Of headers all together; of the request line. */
  @ParameterizedTest
  @CsvSource({"GET /ready HTTP/1.1,X: ,431", "GET /ready?x=,,414"})
  void tooLargeHeadsAreSaidToBe(String start, String header, int status) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), skald.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String line = header == null ? start : start + "\r\nHost: a\r\n" + header;
      try {
        out.write(line.getBytes(UTF_8));
        out.write("y".repeat(1_100_000).getBytes(UTF_8));
        out.flush();
      } catch (IOException e) {
        // it has answered already
      }
      byte[] some = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 " + status, new String(some, UTF_8));
    }
  }

  /** A later way to authenticate has one place to be put in: nobody else looks at the header. */
  @Test
  void onlyTheGateReadsWhoAsks() throws IOException {
    Path sources = Path.of("src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      List<String> readers =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> reads(file))
              .map(file -> file.getFileName().toString())
              .sorted()
              .toList();
      assertEquals(List.of("JettyExchange.java"), readers);
    }
  }

  private static boolean reads(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains("header(\"" + TENANT) || text.contains("TenantHeader.NAME");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
