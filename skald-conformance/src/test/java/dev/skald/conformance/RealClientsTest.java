package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that people use push lines, each in a process of its own; the server holds exactly those.
 * The programs are in {@code clients/}; those of Java run from source with what the build has on its
 * class path, those of Node with what {@code npm ci} fetches. Without it a test is skipped.
 */
final class RealClientsTest {
  private static final int LINES = 3_000;
  private static final int PROGRAM_SECONDS_MAX = 120;

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess process;

  @BeforeAll
  static void start() throws Exception {
    process = SkaldProcess.up(Objects.requireNonNull(directory));
  }

  @AfterAll
  static void stop() {
    skald().close();
  }

  private static SkaldProcess skald() {
    return Objects.requireNonNull(process);
  }

  private static String url() {
    return "http://127.0.0.1:" + skald().port();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RealClientsTest.class.getResourceAsStream("/clients/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Runs a program to its end; returns what it printed. */
  private static String run(Path folder, List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "client", ".log");
    Process client =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = client.waitFor(PROGRAM_SECONDS_MAX, TimeUnit.SECONDS);
    client.destroyForcibly();
    String printed = Files.readString(output);
    assertEquals(true, ended && client.exitValue() == 0, command.getFirst() + ":\n" + printed);
    return printed;
  }

  private static String runJava(String program, String needed, String... arguments)
      throws Exception {
    boolean isThere = RealClientsTest.class.getClassLoader().getResource(needed) != null;
    assumeTrue(isThere, "SKIPPED: " + needed + " is not on the class path");
    Path folder = Files.createTempDirectory(Objects.requireNonNull(directory), "java");
    Path source = Files.writeString(folder.resolve(program), resource(program));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                source.toString()));
    command.addAll(List.of(arguments));
    return run(folder, command);
  }

  /** Without the provider for SLF4J that the server has: that of clients is logback. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("slf4j-jdk14"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Lines that the server has of a selector. */
  private static long count(String selector) throws IOException {
    try (RawHttp http = skald().http()) {
      String query = "sum(count_over_time(" + selector + "[1h]))";
      HttpReply reply =
          http.send(
              "GET",
              "/loki/api/v1/query?query="
                  + java.net.URLEncoder.encode(query, StandardCharsets.UTF_8),
              Map.of(),
              null);
      assertEquals(200, reply.status(), reply.text());
      Object result =
          JsonTree.object(JsonTree.object(JsonTree.parse(reply.text())).get("data")).get("result");
      List<?> series = JsonTree.array(result);
      if (series.isEmpty()) {
        return 0;
      }
      Object value = JsonTree.object(series.getFirst()).get("value");
      return Long.parseLong(String.valueOf(JsonTree.array(value).get(1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void loki4j(String protobuf) throws Exception {
    String configuration =
        """
        <configuration>
          <appender name="LOKI" class="com.github.loki4j.logback.Loki4jAppender">
            <labels>client=loki4j-%s</labels>
            <batch><timeoutMs>500</timeoutMs></batch>
            <http><url>%s/loki/api/v1/push</url><useProtobufApi>%s</useProtobufApi></http>
          </appender>
          <root level="INFO"><appender-ref ref="LOKI"/></root>
        </configuration>
        """
            .formatted(protobuf, url(), protobuf);
    String printed =
        runJava(
            "LogbackClient.java",
            "com/github/loki4j/logback/Loki4jAppender.class",
            configuration,
            "" + LINES);
    assertEquals(LINES, count("{client=\"loki4j-" + protobuf + "\"}"), printed);
  }

  @Test
  void tjahzi() throws Exception {
    String configuration =
        """
        <configuration>
          <appender name="LOKI" class="pl.tkowalcz.tjahzi.logback.LokiAppender">
            <url>%s/loki/api/v1/push</url>
            <efficientLayout class="ch.qos.logback.core.pattern.EfficientPatternLayout">
              <pattern>%%msg</pattern>
            </efficientLayout>
            <label><name>client</name><value>tjahzi</value></label>
          </appender>
          <root level="INFO"><appender-ref ref="LOKI"/></root>
        </configuration>
        """
            .formatted(url());
    String printed =
        runJava(
            "LogbackClient.java",
            "pl/tkowalcz/tjahzi/logback/LokiAppender.class",
            configuration,
            "" + LINES);
    assertEquals(LINES, count("{client=\"tjahzi\"}"), printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http none", "http gzip", "grpc none", "grpc gzip"})
  void openTelemetry(String way) throws Exception {
    String[] parts = way.split(" ");
    String service = "otel-" + parts[0] + "-" + parts[1];
    String endpoint =
        parts[0].equals("http")
            ? url() + "/otlp/v1/logs"
            : "http://127.0.0.1:" + skald().grpcPort();
    String printed =
        runJava(
            "OpenTelemetryClient.java",
            "io/opentelemetry/exporter/otlp/logs/OtlpGrpcLogRecordExporter.class",
            parts[0],
            endpoint,
            parts[1],
            service,
            "" + LINES);
    String selector = "{service_name=\"" + service + "\"} | detected_level=`warn` | number>=0";
    assertEquals(LINES, count(selector), printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void pushOverGrpc(String compression) throws Exception {
    String printed =
        runJava(
            "GrpcPushClient.java",
            "io/grpc/okhttp/OkHttpChannelBuilder.class",
            "127.0.0.1",
            "" + skald().grpcPort(),
            compression,
            "fake",
            "grpc-" + compression,
            "" + LINES);
    assertEquals(LINES, count("{client=\"grpc-" + compression + "\"}"), printed);
    String wanted =
        """
        INVALID_ARGUMENT error at least one valid stream is required for ingestion
        INVALID_ARGUMENT couldn't parse labels: parse error at char 2: unexpected the end, expected a label name or }
        UNIMPLEMENTED unknown method /logproto.Pusher/Pull
        health 1
        """;
    assertTrue(printed.endsWith(wanted), printed);
  }

  /** A program, its arguments beside URL and number, and the label of its lines. */
  private record NodeClient(String program, List<String> arguments, String client) {}

  @Test
  void clientsOfNode() throws Exception {
    Path folder = Files.createTempDirectory(Objects.requireNonNull(directory), "node");
    for (String file : List.of("package.json", "package-lock.json", "pino.js", "winston.js")) {
      Files.writeString(folder.resolve(file), resource("npm/" + file));
    }
    assumeTrue(canInstall(folder), "SKIPPED: node and npm with a network are not there");
    List<NodeClient> clients =
        List.of(
            new NodeClient("pino.js", List.of(), "pino"),
            new NodeClient("winston.js", List.of("true"), "winston-json"),
            new NodeClient("winston.js", List.of("false"), "winston-protobuf"));
    for (NodeClient client : clients) {
      List<String> command = new ArrayList<>(List.of("node", client.program(), url(), "" + LINES));
      command.addAll(client.arguments());
      String printed = run(folder, command);
      assertEquals(
          LINES, count("{client=\"" + client.client() + "\"}"), client.client() + ": " + printed);
    }
  }

  private static boolean canInstall(Path folder) throws InterruptedException {
    try {
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = npm.waitFor(PROGRAM_SECONDS_MAX, TimeUnit.SECONDS);
      npm.destroyForcibly();
      return ended && npm.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
