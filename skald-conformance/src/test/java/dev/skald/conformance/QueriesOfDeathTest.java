package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries that ask for more than there is, over a million lines, of a server with a heap of 256 MiB: each gets an error
 * that names what was too much, or its answer, within a second of a quiet machine, and the next is served.
 */
final class QueriesOfDeathTest {
  private static final int LINES = 1_000_000;
  private static final int LINES_PER_PUSH = 100_000;
  private static final int STREAMS = 4_000;

  /** What two processors do in a second. Unlike wall time it does not depend on who else is busy. */
  private static final Duration CPU_MAX = Duration.ofSeconds(2);

  /** On a busy machine. */
  private static final long ANSWER_MILLIS_MAX = 10_000;

  private static final String MILLION = "{app=\"million\"}";
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess process;
  private static long startNanos;

  @BeforeAll
  static void start() throws Exception {
    process =
        SkaldProcess.up(
            Objects.requireNonNull(directory),
            List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
            "-distributor.ingestion-rate-limit-mb=1000",
            "-distributor.ingestion-burst-size-mb=1000",
            "-ingester.per-stream-rate-limit=1000MB",
            "-ingester.per-stream-rate-limit-burst=1000MB");
    startNanos = System.currentTimeMillis() * 1_000_000L - HOUR_NANOS;
    for (int from = 0; from < LINES; from += LINES_PER_PUSH) {
      int first = from;
      push(
          stream(
              "\"app\":\"million\"",
              LINES_PER_PUSH,
              i -> "{\\\"id\\\":\\\"" + hex(first + i) + "\\\",\\\"ms\\\":" + ms(first + i) + "}",
              first * (HOUR_NANOS / LINES)));
    }
    for (int from = 0; from < STREAMS; from += 1000) {
      push(
          IntStream.range(from, from + 1000)
              .mapToObj(
                  i ->
                      stream(
                          "\"app\":\"many\",\"s\":\"" + i + "\",\"g\":\"" + i % 2 + "\"",
                          1,
                          _ -> "x",
                          0))
              .collect(Collectors.joining(",")));
    }
    List<String> odd =
        List.of(
            "{\\\"a\\\":".repeat(5_000) + "1" + "}".repeat(5_000),
            "{\\\"x\\\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}",
            "v=" + "9".repeat(20_000),
            "v=1e" + "9".repeat(1_000),
            "v=1" + "h1m".repeat(5_000));
    push(stream("\"app\":\"odd\"", odd.size(), odd::get, 0));
  }

  private static String hex(int i) {
    return String.format("%08x", i * 0x9E3779B1);
  }

  private static int ms(int i) {
    return ((i * 0x9E3779B1) >>> 16) % 10_000;
  }

  private static String stream(String labels, int count, IntFunction<String> line, long atNanos) {
    StringBuilder out = new StringBuilder("{\"stream\":{").append(labels).append("},\"values\":[");
    for (int i = 0; i < count; i++) {
      long time = startNanos + atNanos + i * (HOUR_NANOS / LINES);
      out.append(i == 0 ? "" : ",").append("[\"").append(time).append("\",\"");
      out.append(line.apply(i)).append("\"]");
    }
    return out.append("]}").toString();
  }

  private static void push(String streams) throws IOException {
    try (RawHttp http = skald().http()) {
      HttpReply reply =
          http.send(
              "POST",
              "/loki/api/v1/push",
              Map.of("Content-Type", "application/json"),
              ("{\"streams\":[" + streams + "]}").getBytes(StandardCharsets.UTF_8));
      assertEquals(204, reply.status(), reply.text());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    try (SkaldProcess ending = skald();
        RawHttp http = ending.http()) {
      HttpReply reply = http.send("GET", "/loki/api/v1/query?query=vector(1)", Map.of(), null);
      assertEquals(200, reply.status(), ending.output());
      assertTrue(!ending.output().contains("OutOfMemory"), ending.output());
    }
  }

  private static SkaldProcess skald() {
    return Objects.requireNonNull(process);
  }

  /** What is asked, of which time and at which steps, and what its answer has in it. */
  private record Case(String name, String query, String parameters, int status, String answer) {
    static Case of(String name, String query, int status, String answer) {
      return new Case(name, query, "&step=60", status, answer);
    }

    Case with(String more) {
      return new Case(name, query, more, status, answer);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String MEMORY = "query needs more memory than it may use: bytes=";
  private static final String SERIES = "maximum number of series (500) reached";
  private static final String DEEP = "query nested too deeply: max=";
  private static final String TEMPLATE_WORK = "templates of this query do too much work";
  private static final String LARGE_REGEX = "expression too large: max=10000";
  private static final String FOUND = "\"status\":\"success\"";

  private static String joined(int count, String between, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(between));
  }

  private static String lines(String stages) {
    return MILLION + " | " + stages;
  }

  private static String counts(String stages) {
    return "count_over_time(" + MILLION + " " + stages + " [1h])";
  }

  static Stream<Case> cases() {
    return Stream.of(nested(), templates(), series(), expressions(), windows(), odd())
        .flatMap(stream -> stream);
  }

  private static Stream<Case> nested() {
    return Stream.of(
        Case.of(
            "10,000 parentheses", "(".repeat(10_000) + "vector(1)" + ")".repeat(10_000), 400, DEEP),
        Case.of("and around logs", "(".repeat(10_000) + MILLION + ")".repeat(10_000), 400, DEEP),
        Case.of("2,000 vectors", joined(2_000, " or ", i -> "vector(" + i + ")"), 400, DEEP),
        Case.of(
            "10,000 conditions",
            lines("json | " + joined(10_000, " or ", i -> "ms=" + i)),
            400,
            DEEP),
        Case.of(
            "250 conditions", lines("json | " + joined(250, " or ", i -> "ms=" + i)), 200, FOUND),
        Case.of(
            "10,000 strings",
            MILLION + " |= " + joined(10_000, " or ", i -> "\"zz" + i + "q\""),
            200,
            FOUND),
        Case.of(
            "5,000 filters", MILLION + joined(5_000, "", i -> " != \"zz" + i + "q\""), 200, FOUND));
  }

  private static Stream<Case> templates() {
    String numbers = "\"[" + joined(1_000, ",", i -> "1") + "]\"";
    String loop = "{{ range (fromJson " + numbers + ") }}";
    return Stream.of(
        Case.of(
            "repeat 1e9",
            lines("line_format `{{ repeat 1000000000 \"x\" }}`"),
            200,
            "template output too long: bytes=1000000000 max=1048576"),
        Case.of(
            "repeat in repeat",
            lines("line_format `{{ repeat 1000 (repeat 1000 (repeat 1000 \"x\")) }}`"),
            400,
            TEMPLATE_WORK),
        Case.of(
            "a megabyte for each line",
            "sum(bytes_over_time(" + lines("line_format `{{ repeat 1000000 \"x\" }}`") + "[1h]))",
            400,
            MEMORY),
        Case.of(
            "a width of 1e9", lines("line_format `{{ printf \"%999999999d\" 1 }}`"), 200, FOUND),
        Case.of(
            "aligned to 1e9", lines("line_format `{{ alignLeft 1000000000 \"x\" }}`"), 200, FOUND),
        Case.of(
            "loops in loops",
            lines("line_format `" + loop + loop + loop + "x{{end}}{{end}}{{end}}`"),
            400,
            TEMPLATE_WORK),
        Case.of(
            "labels that double",
            MILLION
                + joined(
                    40,
                    "",
                    i -> " | label_format a%d=`{{.a%d}}{{.a%d}}xxxxxxxx`".formatted(i + 1, i, i)),
            400,
            MEMORY));
  }

  private static Stream<Case> series() {
    String byId = "sum by (id) (" + counts("| json") + ")";
    String many = "count_over_time({app=\"many\"}[1h])";
    return Stream.of(
        Case.of("a million series", counts("| json"), 400, SERIES),
        Case.of("a million groups", byId, 400, SERIES),
        Case.of("the ten largest of a million", "topk(10, " + byId + ")", 400, MEMORY),
        Case.of("a million by a million", byId + " / " + byId, 400, MEMORY),
        Case.of("a million results of stats", lines("json | stats count() by id"), 400, MEMORY),
        Case.of("4,000 by 4,000", many + " / on (s) " + many, 400, SERIES),
        Case.of(
                "4,000 by 2 at each second",
                "sum(" + many + " * on (g) group_left () sum by (g) (" + many + "))",
                400,
                MEMORY)
            .with("&step=1"));
  }

  private static Stream<Case> expressions() {
    return Stream.of(
        Case.of("10 KB of regex", MILLION + " |~ `" + "(x+x+)+".repeat(1_400) + "y`", 200, FOUND),
        Case.of("counted twice", MILLION + " |~ `(a{1000}){1000}`", 400, LARGE_REGEX),
        Case.of("counted thrice", MILLION + " |~ `((a{100}){100}){100}`", 400, LARGE_REGEX),
        Case.of(
            "5,000 expressions",
            MILLION + " |~ " + joined(5_000, " or ", i -> "\"z+z" + i + "q\""),
            400,
            LARGE_REGEX),
        Case.of("in a selector", "{app=~`" + "(a|b|c)*".repeat(1_200) + "`}", 200, FOUND),
        Case.of("in a parser", lines("regexp `(?P<x>" + "(a+)+".repeat(1_500) + ")`"), 200, FOUND));
  }

  private static Stream<Case> windows() {
    String unwrapped = lines("json | unwrap ms [1h]) by (app)");
    return Stream.of(
        Case.of("30 days at each second", counts(""), 400, "exceeded maximum resolution of 11,000")
            .with("&step=1&start=" + (startNanos - 29 * 24 * HOUR_NANOS)),
        Case.of("three hours at each second", counts("").replace("[1h]", "[30d]"), 200, FOUND)
            .with("&step=1&start=" + (startNanos - 2 * HOUR_NANOS)),
        Case.of("a quantile", "quantile_over_time(0.99, " + unwrapped, 200, FOUND)
            .with("&step=3600"),
        Case.of("a quantile at each second", "quantile_over_time(0.99, " + unwrapped, 200, FOUND)
            .with("&step=1"),
        Case.of("a deviation at each second", "stddev_over_time(" + unwrapped, 200, FOUND)
            .with("&step=1"));
  }

  private static Stream<Case> odd() {
    String odd = "{app=\"odd\"}";
    return Stream.of(
        Case.of("deep JSON", odd + " | json", 200, FOUND),
        Case.of(
            "deep JSON in a template",
            odd + " | line_format `{{ fromJson __line__ }}`",
            200,
            FOUND),
        Case.of(
            "huge numbers",
            "sum_over_time(" + odd + " | logfmt | unwrap v [1h])",
            400,
            "SampleExtractionErr"),
        Case.of(
            "huge durations",
            "sum_over_time(" + odd + " | logfmt | unwrap duration(v) [1h])",
            400,
            "SampleExtractionErr"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredInASecond(Case asked) throws IOException {
    Duration cpuBefore = skald().cpuTime();
    long start = System.nanoTime();
    long endNanos = startNanos + HOUR_NANOS;
    String range = asked.parameters().contains("start=") ? "" : "&start=" + startNanos;
    String form =
        "query="
            + URLEncoder.encode(asked.query(), StandardCharsets.UTF_8)
            + asked.parameters()
            + range
            + "&end="
            + endNanos;
    try (RawHttp http = skald().http()) {
      HttpReply reply =
          http.send(
              "POST",
              "/loki/api/v1/query_range",
              Map.of("Content-Type", "application/x-www-form-urlencoded"),
              form.getBytes(StandardCharsets.UTF_8));
      long millis = (System.nanoTime() - start) / 1_000_000;
      Duration cpu = skald().cpuTime().minus(cpuBefore);
      System.out.printf(
          "%-32s %3d %6d ms, cpu %5d ms%n", asked, reply.status(), millis, cpu.toMillis());
      String text = reply.text();
      String shown = text.substring(0, Math.min(text.length(), 2_000));
      assertEquals(asked.status(), reply.status(), shown);
      assertTrue(text.contains(asked.answer()), shown);
      assertTrue(millis < ANSWER_MILLIS_MAX, "answered after " + millis + " ms");
      assertTrue(cpu.compareTo(CPU_MAX) < 0, "answered with " + cpu.toMillis() + " ms of work");
      assertEquals(200, http.send("GET", "/ready", Map.of(), null).status());
    }
  }
}
