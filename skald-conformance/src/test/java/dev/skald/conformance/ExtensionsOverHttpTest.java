package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries beyond LogQL through the door: as configured by default, all of them are answered. */
final class ExtensionsOverHttpTest {
  /** Some minutes ago, in whole seconds. */
  private static final long BASE_SECONDS = System.currentTimeMillis() / 1000 - 600;

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess process;

  @BeforeAll
  static void start() throws Exception {
    process = SkaldProcess.up(Objects.requireNonNull(directory));
    String values =
        "{\"stream\":{\"app\":\"web\"},\"values\":["
            + "[\"%1$d000000000\",\"n=3\"],[\"%2$d000000000\",\"n=20\"]]},"
            + "{\"stream\":{\"job\":\"cron\"},\"values\":[[\"%3$d000000000\",\"n=5\"]]}";
    String body = values.formatted(BASE_SECONDS, BASE_SECONDS + 1, BASE_SECONDS + 2);
    try (RawHttp http = skald().http()) {
      HttpReply reply =
          http.send(
              "POST",
              "/loki/api/v1/push",
              Map.of("Content-Type", "application/json"),
              ("{\"streams\":[" + body + "]}").getBytes(StandardCharsets.UTF_8));
      assertEquals(204, reply.status(), reply.text());
    }
  }

  @AfterAll
  static void stop() {
    skald().close();
  }

  private static SkaldProcess skald() {
    return Objects.requireNonNull(process);
  }

  /** The answer without what differs from run to run. */
  private static String ask(String path, String query, String more) throws IOException {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    try (RawHttp http = skald().http()) {
      HttpReply reply =
          http.send("GET", "/loki/api/v1/" + path + "?query=" + encoded + more, Map.of(), null);
      assertEquals(200, reply.status(), reply.text());
      String text = reply.text().replaceAll("\"(service_name|detected_level)\":\"[^\"]*\",?", "");
      return text.replaceAll(",\"stats\".*", "").replace(",}", "}").strip();
    }
  }

  @Test
  void entriesComeInTheOrderAskedFor() throws IOException {
    String answer = ask("query_range", "{} | logfmt | order by n desc | limit 2", "");
    assertEquals(
        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":["
            + "{\"stream\":{\"app\":\"web\",\"n\":\"20\"},\"values\":[[\"%d000000000\",\"n=20\"]]},"
                .formatted(BASE_SECONDS + 1)
            + "{\"stream\":{\"job\":\"cron\",\"n\":\"5\"},\"values\":[[\"%d000000000\",\"n=5\"]]}]"
                .formatted(BASE_SECONDS + 2),
        answer);
  }

  @Test
  void statsAreAVectorOrAPoint() throws IOException {
    String query = "{} | stats count() as n by app | sort by n desc";
    String vector = ask("query", query, "&time=" + (BASE_SECONDS + 2));
    assertEquals(
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
            + "{\"metric\":{\"app\":\"web\"},\"value\":[%1$d,\"2\"]},{\"metric\":{},\"value\":[%1$d,\"1\"]}]"
                .formatted(BASE_SECONDS + 2),
        vector);
    String span =
        "&step=7&start=%d&end=%d".formatted(BASE_SECONDS, BASE_SECONDS + 1); // start is left out
    assertEquals(
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
            + "{\"metric\":{\"app\":\"web\"},\"values\":[[%d,\"1\"]]}]".formatted(BASE_SECONDS + 1),
        ask("query_range", query, span));
    String since = "&since=1s&time=" + (BASE_SECONDS + 2);
    assertTrue(ask("query", "{} | stats count()", since).contains(",\"1\"]"));
  }

  @Test
  void programsAreFormatted() throws IOException {
    assertEquals(
        "{\"status\":\"success\",\"data\":\"let a = rate({}[1m]); (a * 2)\"}",
        ask("format_query", "let a=rate({} [1m]);a*2", ""));
  }
}
