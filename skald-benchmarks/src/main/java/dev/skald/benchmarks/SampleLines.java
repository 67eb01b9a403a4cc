package dev.skald.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Application log lines as services write them, made from a seed: request ids, levels, latencies, paths. */
final class SampleLines {
  private static final String[] LEVELS = {"INFO", "INFO", "INFO", "DEBUG", "WARNING", "ERROR"};
  private static final String[] PATHS = {"/login", "/search", "/cart/items", "/api/v1/orders"};
  private static final String[] MESSAGES = {
    "Request completed", "Cache miss, loading from database", "Database connection timeout"
  };

  private SampleLines() {}

  /** JSON lines of about 250 bytes each. */
  static List<byte[]> json(int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> lines = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String line =
          String.format(
              Locale.ROOT,
              "{\"level\":\"%s\",\"message\":\"%s\",\"path\":\"%s\",\"status_code\":%d,"
                  + "\"latency_ms\":%.2f,\"request_id\":\"%016x\",\"trace_id\":\"%016x%016x\","
                  + "\"user_id\":\"user-%d\"}",
              LEVELS[random.nextInt(LEVELS.length)],
              MESSAGES[random.nextInt(MESSAGES.length)],
              PATHS[random.nextInt(PATHS.length)],
              random.nextInt(10) == 0 ? 500 : 200,
              Math.exp(3 + random.nextGaussian()),
              random.nextLong(),
              random.nextLong(),
              random.nextLong(),
              random.nextInt(100_000));
      lines.add(line.getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }
}
