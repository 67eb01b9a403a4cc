package dev.skald.query.plain;

import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Entries of a few streams within five minutes: few values, so that queries find something; numbers
 * that are exact in binary, so that the order of additions does not matter; times that repeat, come
 * out of order and lie on the edges of windows; the same entry twice.
 */
final class RandomEntries {
  static final long START_EPOCH_NANOS = 1_700_000_040_000_000_000L;
  static final long SECOND = 1_000_000_000L;
  static final int SECONDS = 300;

  private static final int ROWS_MIN = 30;
  private static final int ROWS_MAX = 200;

  private final Random random;
  private final boolean hasBrokenLines;

  private RandomEntries(Random random) {
    this.random = random;
    this.hasBrokenLines = random.nextInt(3) == 0;
  }

  /** In order of arrival. */
  static List<PlainEntry> of(Random random) {
    return new RandomEntries(random).entries();
  }

  private List<PlainEntry> entries() {
    List<Labels> streams = new ArrayList<>();
    int streamCount = 3 + random.nextInt(5);
    for (int i = 0; i < streamCount; i++) {
      streams.add(
          stream(i == 0 ? "web" : i == 1 ? "db" : i == 2 ? "cron" : pick("web", "db", "pod")));
    }
    List<PlainEntry> entries = new ArrayList<>();
    int rows = ROWS_MIN + random.nextInt(ROWS_MAX - ROWS_MIN);
    long second = 0;
    for (int i = 0; i < rows; i++) {
      if (!entries.isEmpty() && random.nextInt(15) == 0) {
        entries.add(entries.get(random.nextInt(entries.size())));
        continue;
      }
      second =
          switch (random.nextInt(4)) {
            case 0 -> second;
            case 1 -> random.nextInt(SECONDS);
            default -> (second + random.nextInt(2 * SECONDS / rows + 2)) % SECONDS;
          };
      long nanos = random.nextInt(6) == 0 ? random.nextInt((int) SECOND) : 0;
      Labels stream = streams.get(random.nextInt(streams.size()));
      entries.add(
          new PlainEntry(
              START_EPOCH_NANOS + second * SECOND + nanos, stream, line(stream), metadata()));
    }
    return entries;
  }

  private Labels stream(String app) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("app", app);
    labels.put("env", pick("dev", "prod"));
    if (random.nextBoolean()) {
      labels.put("host", pick("h1", "h2"));
    }
    return Labels.of(labels);
  }

  private Labels metadata() {
    return switch (random.nextInt(8)) {
      case 0 -> Labels.of("trace", pick("t1", "t2", "t3"));
      case 1 -> Labels.of("level", pick("info", "error"), "trace", "t1");
      case 2 -> Labels.of("env", "staging");
      case 3 -> Labels.of("pod", pick("p1", "p2"));
      default -> Labels.EMPTY;
    };
  }

  /** Web speaks JSON, db logfmt, pod packed logfmt, cron text; each now and then another. */
  private String line(Labels stream) {
    if (random.nextInt(60) == 0) {
      return pick("", " ", "café ☕ done", "\u001b[31mred\u001b[0m text 12", "{}", "[1,2]");
    }
    int kind = random.nextInt(10);
    return switch (stream.get("app")) {
      case "web" -> kind == 0 ? logfmt() : json();
      case "db" -> kind == 0 ? json() : logfmt();
      case "pod" -> kind == 0 ? json() : packed();
      default -> kind == 0 ? logfmt() : text();
    };
  }

  private String number() {
    return pick("0", "1", "2.5", "3", "7.25", "12", "100.5", "1e3", "-4", "250");
  }

  private String duration() {
    return pick("250ms", "1s", "1.5s", "2m", "1m30s", "0", "125ms");
  }

  private String size() {
    return pick("10kB", "1.5MB", "300", "2KiB", "64 B", "1,024");
  }

  private String level() {
    return pick("info", "error", "warn", "debug");
  }

  private String path() {
    return pick("/api/users", "/api/orders", "/health", "/a/b%20c?q=1");
  }

  private String message() {
    return pick(
        "done", "timeout after retry", "user \\\"bob\\\" left", "käse \\u00fc", "a\\tb", "x=1");
  }

  private String status() {
    return random.nextInt(20) == 0 ? pick("abc", "NaN", "-") : pick("200", "200", "404", "500");
  }

  private String json() {
    StringBuilder line = new StringBuilder(random.nextInt(20) == 0 ? " {" : "{");
    line.append("\"status\":")
        .append(random.nextInt(20) == 0 ? "\"abc\"" : pick("200", "404", "500"));
    member(line, 4, "latency", number(), Quote.MAYBE);
    member(line, 4, "dur", duration(), Quote.YES);
    member(line, 4, "size", size(), Quote.YES);
    member(line, 4, "level", level(), Quote.YES);
    member(line, 3, "msg", message(), Quote.YES);
    member(line, 3, "path", path(), Quote.YES);
    member(line, 3, "ok", pick("true", "false", "null"), Quote.NO);
    member(line, 5, "req", "{\"id\": \"r1\",\"http.method\":\"GET\",\"n\":{\"v\":3}}", Quote.NO);
    member(line, 5, "tags", "[\"x\", {\"y\":2}]", Quote.NO);
    member(line, 8, pick("app", "host", "trace", "2nd key", ""), pick("v1", "v2"), Quote.YES);
    line.append(random.nextInt(20) == 0 ? ",}" : "}");
    if (hasBrokenLines && random.nextInt(4) == 0) {
      return broken(line.toString());
    }
    return line.append(random.nextInt(20) == 0 ? " tail" : "").toString();
  }

  /** Broken where it is clear what stands before. */
  private String broken(String line) {
    return switch (random.nextInt(4)) {
      case 0 -> "oops " + line;
      case 1 -> "{\"level\":\"error\",\"status\":" + "500,oops}";
      case 2 -> "{\"level\":\"error\" \"status\":200}";
      default -> "{\"level\":\"warn\",\"msg\":\"cut";
    };
  }

  private enum Quote {
    YES,
    NO,
    MAYBE
  }

  /** One line in {@code rarity} lacks it; those above 4 are rather rare than missing. */
  private void member(StringBuilder line, int rarity, String key, String value, Quote quote) {
    if (random.nextInt(rarity) != 0 == rarity < 5) {
      String mark =
          quote == Quote.YES || (quote == Quote.MAYBE && random.nextBoolean()) ? "\"" : "";
      String blank = random.nextInt(6) == 0 ? " " : "";
      line.append(",\"")
          .append(key)
          .append("\":")
          .append(blank)
          .append(mark)
          .append(value)
          .append(mark);
    }
  }

  private String logfmt() {
    StringBuilder line = new StringBuilder("level=").append(level());
    line.append(" status=").append(status());
    pair(line, 4, "latency", number());
    pair(line, 4, "dur", duration());
    pair(line, 4, "size", size());
    pair(line, 2, "msg", "\"" + message() + "\"");
    pair(line, 2, "path", path().replace("=", ":"));
    pair(line, 6, pick("app", "host", "trace", "a.b", "level"), pick("v1", "v2"));
    pair(line, 8, "empty", "");
    if (random.nextInt(12) == 0) {
      line.append(pick("  flag", " =x", " a\"b=c", " k=v=w", " q=\"open", "\tlast=1"));
    }
    return line.toString();
  }

  private void pair(StringBuilder line, int rarity, String key, String value) {
    if (random.nextInt(rarity) != 0 == rarity < 5) {
      boolean needsQuotes = value.contains(" ") && !value.startsWith("\"");
      String mark = needsQuotes ? "\"" : "";
      line.append(' ').append(key).append('=').append(mark).append(value).append(mark);
    }
  }

  /** A line with labels beside it, as a collecting agent packs them. */
  private String packed() {
    String line = logfmt().replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
    return "{"
        + pick("", "\"pod\":\"p1\",", "\"app\":\"inner\",", "\"2nd key\":\"x\",\"level\":\"info\",")
        + pick("\"_entry\":\"" + line + "\"", "\"_entry\":\"" + line + "\"", "\"_entry\":5")
        + pick("", ",\"n\":5,\"o\":{\"a\":\"b\"}", ",\"host\":\"h9\"", ",\"pod\":\"p2\"")
        + (hasBrokenLines && random.nextInt(6) == 0 ? "" : "}");
  }

  private String text() {
    return pick(
            "10.0.0.1",
            "10.0.0.2",
            "::1",
            "192.168.7.20",
            "2001:db8::17",
            "999.1.1.1",
            "10.0.0.1:80")
        + " - "
        + pick("GET", "POST")
        + " "
        + path()
        + " "
        + status()
        + " "
        + pick("12.5", "3", "250")
        + pick("", " \"agent x\"", " retry");
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
