package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.server.config.CommandLine;
import dev.skald.server.config.ConfigLoader;
import dev.skald.server.config.SkaldConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A server within the test's process, on a free loopback port, with its data below a folder. */
public final class RunningSkald implements AutoCloseable {
  private final Skald skald;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningSkald(Skald skald) {
    this.skald = skald;
  }

  /**
   * Starts with a configuration file.
   *
   * @param yaml may say anything but address, port and paths
   */
  public static RunningSkald start(Path folder, String yaml) throws IOException {
    return new RunningSkald(Skald.start(config(folder, yaml), Ports.ofThisMachine(), () -> {}));
  }

  /** As {@link #start(Path, String)}, with flags, which win. */
  static RunningSkald start(Path folder, String yaml, List<String> flags) throws IOException {
    SkaldConfig config = config(folder, yaml, flags);
    return new RunningSkald(Skald.start(config, Ports.ofThisMachine(), () -> {}));
  }

  /** As above, with other ports. */
  static RunningSkald start(Path folder, String yaml, Ports ports) throws IOException {
    return new RunningSkald(Skald.start(config(folder, yaml), ports, () -> {}));
  }

  static SkaldConfig config(Path folder, String yaml) throws IOException {
    return config(folder, yaml, List.of());
  }

  private static SkaldConfig config(Path folder, String yaml, List<String> more)
      throws IOException {
    Path file = folder.resolve("skald.yaml");
    Files.writeString(
        file,
        yaml
            + "\ncommon: {path_prefix: '"
            + folder.resolve("data")
            + "'}\nserver: {http_listen_address: 127.0.0.1, http_listen_port: 0}\n");
    List<String> flags = new ArrayList<>(List.of("-config.file=" + file));
    flags.addAll(more);
    return ConfigLoader.load(CommandLine.parse(flags.toArray(String[]::new))).config();
  }

  public String url() {
    return skald.url();
  }

  public int port() {
    return skald.port();
  }

  /** Answers, with the headers given as name, value, name, value. */
  public HttpResponse<String> get(String target, String... headers) throws Exception {
    return send("GET", target, HttpRequest.BodyPublishers.noBody(), headers);
  }

  public HttpResponse<String> post(String target, String body, String... headers) throws Exception {
    return send("POST", target, HttpRequest.BodyPublishers.ofString(body), headers);
  }

  public HttpResponse<String> send(
      String method, String target, HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    return client.send(request(method, target, body, headers), BodyHandlers.ofString());
  }

  /** The answer's bytes, which may be compressed. */
  HttpResponse<byte[]> sendForBytes(
      String method, String target, HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    return client.send(request(method, target, body, headers), BodyHandlers.ofByteArray());
  }

  /** The answer's bytes as they come. */
  public HttpResponse<java.io.InputStream> open(String target, String... headers) throws Exception {
    HttpRequest request = request("GET", target, HttpRequest.BodyPublishers.noBody(), headers);
    return client.send(request, BodyHandlers.ofInputStream());
  }

  private HttpRequest request(
      String method, String target, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + target))
            .timeout(Duration.ofSeconds(60))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /** Pushes one line at a time from now, and expects it to be stored. */
  public void push(String labelsJson, long ageSeconds, String line) throws Exception {
    HttpResponse<String> reply =
        post(
            "/loki/api/v1/push",
            body(labelsJson, nanos(ageSeconds), line),
            "Content-Type",
            "application/json");
    assertEquals(204, reply.statusCode(), reply.body());
  }

  /** A push of one entry. */
  public static String body(String labelsJson, String nanos, String line) {
    return "{\"streams\":[{\"stream\":%s,\"values\":[[\"%s\",\"%s\"]]}]}"
        .formatted(labelsJson, nanos, line);
  }

  /** Nanoseconds since the epoch, as text, so many seconds ago. */
  public static String nanos(long ageSeconds) {
    Instant then = Instant.now().minusSeconds(ageSeconds);
    return Long.toString(then.getEpochSecond() * 1_000_000_000L + then.getNano());
  }

  /** Percent-encoded for a query string. */
  public static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
    skald.close();
  }
}
