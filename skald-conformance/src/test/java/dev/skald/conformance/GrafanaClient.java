package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks as Grafana's Loki data source asks: parameters sorted by name, blanks as {@code +}, times in nanoseconds; its
 * metadata calls from the browser with blanks as {@code %20}; Logs Drilldown with ISO times and a tag.
 */
final class GrafanaClient implements AutoCloseable {
  static final String API = "/loki/api/v1/";
  static final String TENANT = "grafana";
  static final Map<String, String> FLAG =
      Map.of("X-Loki-Response-Encoding-Flags", "categorize-labels");
  static final Map<String, String> DRILLDOWN =
      Map.of("X-Query-Tags", "Source=grafana-lokiexplore-app");

  private final RawHttp http;

  /** The minute that the replay happens in; its lines are older, and so are its ranges' ends but for a minute. */
  final long nowSeconds;

  GrafanaClient(RawHttp http, long nowSeconds) {
    this.http = http;
    this.nowSeconds = nowSeconds;
  }

  long startSeconds() {
    return nowSeconds - 1800;
  }

  long endSeconds() {
    return nowSeconds + 60;
  }

  static String nanos(long seconds) {
    return seconds + "000000000";
  }

  HttpReply send(String method, String target, Map<String, String> headers, byte @Nullable [] body)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("X-Scope-OrgID", TENANT);
    return http.send(method, target, all, body);
  }

  /** An answer that must have this status. */
  HttpReply get(int status, String target, Map<String, String> headers) throws IOException {
    HttpReply reply = send("GET", target, headers, null);
    assertEquals(status, reply.status(), () -> target + ": " + Comparison.show(reply.text()));
    return reply;
  }

  private static String target(String path, Map<String, String> parameters, String blank) {
    StringBuilder target = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      target.append(separator).append(escape(parameter.getKey(), blank));
      target.append('=').append(escape(parameter.getValue(), blank));
      separator = '&';
    }
    return target.toString();
  }

  private static String escape(String text, String blank) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", blank);
  }

  /** A range query; what it asks for is set by name. */
  final class Range {
    private final TreeMap<String, String> parameters = new TreeMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>(FLAG);
    private int status = 200;

    Range(String query) {
      parameters.put("direction", "backward");
      parameters.put("end", nanos(endSeconds()));
      parameters.put("limit", "1000");
      parameters.put("query", query);
      parameters.put("start", nanos(startSeconds()));
      parameters.put("step", "10000ms");
    }

    Range with(String name, String value) {
      parameters.put(name, value);
      return this;
    }

    Range between(long fromSeconds, long toSeconds) {
      return with("start", nanos(fromSeconds)).with("end", nanos(toSeconds));
    }

    Range header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Range expecting(int wanted) {
      status = wanted;
      return this;
    }

    HttpReply reply() throws IOException {
      return get(status, target(API + "query_range", parameters, "+"), headers);
    }

    GrafanaAnswer answer() throws IOException {
      return GrafanaAnswer.of(reply());
    }
  }

  Range range(String query) {
    return new Range(query);
  }

  /** An instant query as rules and the health check send it: without a limit. */
  HttpReply instant(int status, String query, String time, Map<String, String> more)
      throws IOException {
    TreeMap<String, String> parameters = new TreeMap<>(more);
    parameters.put("direction", "backward");
    parameters.put("query", query);
    parameters.put("time", time);
    return get(status, target(API + "query", parameters, "+"), FLAG);
  }

  GrafanaAnswer instant(String query) throws IOException {
    return GrafanaAnswer.of(instant(200, query, nanos(nowSeconds), Map.of()));
  }

  /** A call that the browser makes through the plugin. */
  HttpReply metadata(int status, String path, Map<String, String> more) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>(more);
    parameters.put("start", nanos(startSeconds()));
    parameters.put("end", nanos(endSeconds()));
    return get(status, target(API + path, parameters, "%20"), Map.of());
  }

  GrafanaAnswer metadata(String path, Map<String, String> more) throws IOException {
    return GrafanaAnswer.of(metadata(200, path, more));
  }

  /** A call of Logs Drilldown. */
  GrafanaAnswer drilldown(String path, Map<String, String> more) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>(more);
    parameters.put("start", iso(startSeconds()));
    parameters.put("end", iso(endSeconds()));
    return GrafanaAnswer.of(get(200, target(API + path, parameters, "%20"), DRILLDOWN));
  }

  private static String iso(long seconds) {
    return Instant.ofEpochSecond(seconds).toString().replace("Z", ".000Z");
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
