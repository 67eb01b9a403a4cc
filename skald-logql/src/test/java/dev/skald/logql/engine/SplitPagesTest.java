package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.ResultStream;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How entries lie in pages changes no answer; and the answers are those of a plain loop over the
 * entries.
 */
final class SplitPagesTest {
  private static final long SEED = 20261120;

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    int count = random.nextInt(400);
    for (int i = 0; i < count; i++) {
      Labels stream =
          Labels.of("app", "a" + random.nextInt(3), "env", random.nextBoolean() ? "x" : "y");
      Labels metadata =
          switch (random.nextInt(4)) {
            case 0 -> Labels.of("user", "u" + random.nextInt(3));
            case 1 -> Labels.of("env", "meta", "zone", "z" + random.nextInt(2));
            default -> Labels.EMPTY;
          };
      long time = random.nextInt(300) * SECOND;
      String line = (random.nextBoolean() ? "error " : "fine ") + "x".repeat(random.nextInt(9)) + i;
      line += " v=" + random.nextInt(100) / 8.0;
      rows.add(new Row(stream, time, line, metadata));
    }
    return rows;
  }

  private static final List<String> LOG_QUERIES =
      List.of("{app=~\".+\"}", "{app=\"a1\"} |= \"error\"", "{env=\"x\"} != \"xxx\" |~ \"[0-9]5\"");

  @Test
  void logQueriesGiveTheSameFromAnyPages() {
    Random random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      List<Row> rows = rows(random);
      String query = LOG_QUERIES.get(random.nextInt(LOG_QUERIES.size()));
      long start = random.nextInt(150) * SECOND;
      QueryParams params =
          new QueryParams(
              QueryParams.Kind.RANGE,
              start,
              start + (1 + random.nextInt(200)) * SECOND,
              0,
              random.nextInt(3) == 0 ? random.nextInt(20) * SECOND : 0,
              1 + random.nextInt(60),
              random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD);
      assertEquals(
          EngineFixture.range(query, params, MemoryPages.single(rows)),
          EngineFixture.range(query, params, MemoryPages.split(rows, random)),
          "seed " + SEED + " round " + round + " " + query + " " + params);
    }
  }

  @Test
  void logQueriesGiveTheFirstEntriesOfASortedList() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      List<Row> rows = rows(random);
      int limit = 1 + random.nextInt(50);
      QueryParams params =
          new QueryParams(QueryParams.Kind.RANGE, 0, 200 * SECOND, 0, 0, limit, Direction.BACKWARD);
      QueryResult.Streams streams =
          (QueryResult.Streams)
              EngineFixture.range(
                  "{app=\"a1\"} |= \"error\"", params, MemoryPages.split(rows, random));
      List<Long> times = new ArrayList<>();
      for (ResultStream stream : streams.streams()) {
        stream.entries().forEach(entry -> times.add(entry.timestampEpochNanos()));
      }
      times.sort((a, b) -> Long.compare(b, a));
      List<Long> expected =
          rows.stream()
              .filter(row -> row.stream().get("app").equals("a1"))
              .filter(row -> row.line().contains("error") && row.epochNanos() < 200 * SECOND)
              .map(Row::epochNanos)
              .sorted((a, b) -> Long.compare(b, a))
              .limit(limit)
              .toList();
      assertEquals(expected, times, "seed " + SEED + " round " + round);
    }
  }

  private static final List<String> METRIC_QUERIES =
      List.of(
          "count_over_time({app=~\".+\"}[%ds])",
          "rate({app=~\".+\"} |= \"error\" [%ds])",
          "bytes_over_time({env=\"x\"}[%ds])",
          "bytes_rate({app=~\".+\"}[%ds] offset -7s)",
          "sum by (env, user) (count_over_time({app=~\".+\"} |= \"error\" [%ds]))",
          "sum without (env) (bytes_rate({app=~\".+\"}[%ds]))",
          "sum(rate({app=~\".+\"}[%ds]))",
          "avg by (app) (count_over_time({app=~\".+\"}[%ds]))",
          "max(count_over_time({app=~\".+\"}[%ds]))",
          "topk(2, count_over_time({app=~\".+\"}[%ds]))",
          "stddev by (env) (count_over_time({app=~\".+\"}[%ds]))",
          "sum by (env) (sum_over_time({app=~\".+\"} | logfmt | unwrap v [%ds]))",
          "sum_over_time({app=\"a1\"} | logfmt | unwrap v [%ds])",
          "avg_over_time({app=~\".+\"} | logfmt | unwrap v [%ds]) by (user)",
          "max by (app) (max_over_time({env=\"x\"} | logfmt | unwrap v [%ds]) by (app, user))",
          "min(min_over_time({env=\"x\"} | logfmt | unwrap v [%ds]))",
          "first_over_time({env=\"x\"} | logfmt | unwrap v [%ds]) by (env)",
          "last_over_time({env=\"x\"} | logfmt | unwrap v [%ds]) without (user, zone)",
          "quantile_over_time(0.9, {app=~\".+\"} | logfmt | unwrap v [%ds]) by (app)",
          "stddev_over_time({app=~\".+\"} | logfmt | unwrap v [%ds])",
          "rate_counter({app=~\".+\"} | logfmt | unwrap v [%ds])",
          "sum by (v) (count_over_time({app=~\".+\"} | logfmt [%ds]))",
          "count_over_time({app=\"a1\"} | logfmt | v > 5 | drop user [%ds])",
          "absent_over_time({app=\"a0\", env=\"x\"} |= \"7\" [%ds])");

  @Test
  void metricQueriesGiveTheSameFromAnyPages() {
    Random random = new Random(SEED);
    for (int round = 0; round < 400; round++) {
      List<Row> rows = rows(random);
      String template = METRIC_QUERIES.get(random.nextInt(METRIC_QUERIES.size()));
      String query = template.replace("%d", "" + (1 + random.nextInt(120)));
      long start = random.nextInt(200) * SECOND;
      QueryParams params =
          EngineFixture.range(
              start, start + random.nextInt(200) * SECOND, (1 + random.nextInt(40)) * SECOND);
      assertEquals(
          EngineFixture.range(query, params, MemoryPages.single(rows)),
          EngineFixture.range(query, params, MemoryPages.split(rows, random)),
          "seed " + SEED + " round " + round + " " + query + " " + params);
    }
  }

  @Test
  void countsAreThoseOfAPlainLoop() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      List<Row> rows = rows(random);
      int seconds = 1 + random.nextInt(120);
      long step = (1 + random.nextInt(40)) * SECOND;
      QueryParams params = EngineFixture.range(100 * SECOND, 300 * SECOND, step);
      String query =
          "sum by (env, user) (count_over_time({app=~\".+\"} |= \"error\" [" + seconds + "s]))";
      Map<Labels, List<Sample>> expected = new TreeMap<>();
      for (long t = 100 * SECOND; t <= 300 * SECOND; t += step) {
        Map<Labels, Integer> counts = new TreeMap<>();
        for (Row row : rows) {
          boolean seen = row.epochNanos() > t - seconds * SECOND && row.epochNanos() <= t;
          if (seen && row.line().contains("error")) {
            Map<String, String> group = new TreeMap<>(Map.of("env", row.stream().get("env")));
            if (row.metadata().has("user")) {
              group.put("user", row.metadata().get("user"));
            }
            counts.merge(Labels.of(group), 1, Integer::sum);
          }
        }
        long millis = t / 1_000_000;
        counts.forEach(
            (labels, count) ->
                expected
                    .computeIfAbsent(labels, key -> new ArrayList<>())
                    .add(new Sample(millis, count)));
      }
      List<Series> series = new ArrayList<>();
      expected.forEach((labels, samples) -> series.add(new Series(labels, samples)));
      assertEquals(
          new QueryResult.Matrix(series),
          EngineFixture.range(query, params, MemoryPages.split(rows, random)),
          "seed " + SEED + " round " + round);
    }
  }
}
