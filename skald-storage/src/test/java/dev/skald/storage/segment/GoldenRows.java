package dev.skald.storage.segment;

import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Rows whose lines make a page use every encoding that there is: JSON, logfmt, text, and what cannot be taken apart. */
final class GoldenRows {
  private static final String[] USERS = {"anna", "ben", "carla", "dieter", "eve"};
  private static final String[] PATHS = {"/api/v1/items", "/api/v1/users", "/static/app.js"};
  private static final String[] VERBS = {"opened", "closed", "moved", "copied", "lost"};

  private final Random random;
  private final long startEpochNanos;
  private final List<StoredRow> rows = new ArrayList<>();

  private GoldenRows(Random random, long startEpochNanos) {
    this.random = random;
    this.startEpochNanos = startEpochNanos;
  }

  static List<StoredRow> of(Random random, long startEpochNanos) {
    GoldenRows golden = new GoldenRows(random, startEpochNanos);
    for (int i = 0; i < 150; i++) {
      golden.add("json", i, golden.json(i));
      golden.add("logfmt", i, golden.logfmt(i));
      golden.add("access", i, golden.access(i));
      golden.add("text", i, golden.text(i));
    }
    for (int i = 0; i < 160; i++) {
      golden.add("noise", i, golden.noise());
    }
    for (int i = 0; i < 400; i++) {
      golden.addRounded("beginnings", i, golden.rare(i));
    }
    for (int i = 0; i < 1_200; i++) {
      golden.addPlain("numbers", i, golden.numbers(i));
    }
    return golden.rows;
  }

  private void add(String app, int number, String line) {
    Labels stream = Labels.of("app", app, "env", number % 3 == 0 ? "dev" : "prod");
    Labels metadata =
        switch (number % 4) {
          case 0 -> Labels.EMPTY;
          case 1 -> Labels.of("trace_id", hex(32));
          default -> Labels.of("level", "info", "pod", app + "-" + number % 5);
        };
    rows.add(new StoredRow(stream, startEpochNanos + number * 1_500_000_000L, line, metadata));
  }

  private void addPlain(String app, int number, String line) {
    rows.add(StoredRow.of(Labels.of("app", app), startEpochNanos + number * 1_000_000L, line));
  }

  /** A clock whose steps are not a whole number of nanoseconds. */
  private void addRounded(String app, int number, String line) {
    long time = startEpochNanos + number * 333_333_333_333L / 1_000;
    rows.add(StoredRow.of(Labels.of("app", app), time, line));
  }

  private String hex(int digits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  private String user() {
    return USERS[random.nextInt(USERS.length)];
  }

  private String path() {
    return PATHS[random.nextInt(PATHS.length)] + "/" + random.nextInt(1_000);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Members of every kind, an object in another, a string with an escape. */
  private String json(int i) {
    String status = random.nextInt(20) == 0 ? "null" : String.valueOf(200 + random.nextInt(300));
    return format(
        "{\"ts\":\"2024-10-04T00:%02d:%02d.%03dZ\",\"level\":\"info\",\"user\":\"%s\",\"status\":%s,"
            + "\"ms\":%d.%02d,\"trace\":\"%s\",\"http\":{\"path\":\"%s\",\"ok\":%b},\"tags\":[%d,\"a\"],\"say\":\"\\\"hi\\\" %d\"}",
        i / 60,
        i % 60,
        random.nextInt(1_000),
        user(),
        status,
        random.nextInt(90),
        random.nextInt(100),
        hex(16),
        path(),
        random.nextBoolean(),
        random.nextInt(3),
        random.nextInt(9));
  }

  private String logfmt(int i) {
    return format(
        "level=%s caller=main.go:%d id=user-%d duration=%dms seq=%06d order=%02d-%04d-X msg=\"%s %s the file %s\"",
        random.nextInt(10) == 0 ? "error" : "info",
        100 + random.nextInt(20),
        random.nextInt(5_000),
        random.nextInt(2_000),
        i * 7,
        random.nextInt(100),
        random.nextInt(10_000),
        user(),
        VERBS[random.nextInt(VERBS.length)],
        word());
  }

  private String access(int i) {
    return format(
        "10.0.%d.%d - %s [04/Oct/2024:00:%02d:%02d +0000] \"GET %s HTTP/1.1\" %d %s",
        random.nextInt(4),
        random.nextInt(256),
        random.nextInt(12) == 0 ? "-" : user(),
        i / 60,
        i % 60,
        path(),
        random.nextInt(10) == 0 ? 404 : 200,
        random.nextInt(15) == 0 ? "-" : String.valueOf(random.nextInt(100_000)));
  }

  private String text(int i) {
    return i % 10 == 9
        ? "connection to " + word() + " lost"
        : format(
            "worker %d finished job %s after -%d.%d s (%s)",
            i % 4, hex(8).toUpperCase(Locale.ROOT), random.nextInt(10), random.nextInt(10), word());
  }

  /** Lines that begin alike; every fifth goes on as no other does. */
  private String rare(int i) {
    String rest =
        i % 5 == 4
            ? word() + "(" + word() + ") " + word() + ": " + random.nextInt(100)
            : "accepted connection " + random.nextInt(1_000) + " from " + user();
    return format(
        "2024-10-04-00.%02d.%02d.%06d node%d %s",
        i / 60, i % 60, random.nextInt(1_000_000), i % 7, rest);
  }

  /** Random, crowded around small ones, in runs, rising, and one that stands there twice. */
  private String numbers(int i) {
    long wide = random.nextLong(1L << 34);
    return format(
        "%d %d %d %d %d %d",
        wide,
        crowded(20),
        crowded(3_000),
        i / 40 * 17 % 11,
        7_000 + i * 5 + random.nextInt(5),
        wide);
  }

  /** Some {@code mean}; the larger the rarer. */
  private int crowded(int mean) {
    return (int) (-mean * Math.log(1 - random.nextDouble()));
  }

  private String word() {
    StringBuilder text = new StringBuilder();
    for (int i = 3 + random.nextInt(8); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private String noise() {
    StringBuilder line = new StringBuilder();
    for (int i = random.nextInt(500); i > 0; i--) {
      line.append((char) random.nextInt(256));
    }
    return line.toString();
  }
}
