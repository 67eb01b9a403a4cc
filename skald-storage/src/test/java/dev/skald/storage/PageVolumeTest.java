package dev.skald.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.MemoryDisk;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.PageRef;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.VolumeGrid;
import dev.skald.storage.head.Batches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What pages say they weigh, against the rows that they give. */
final class PageVolumeTest {
  private static final long STEP = 1_000;
  private static final int APPS = 5;

  /** Rows and bytes per stream and bucket. */
  private static Map<String, long[]> weighed(
      StoreHarness store, List<Matcher> matchers, QuerySpan span, VolumeGrid grid) {
    Map<String, long[]> found = new TreeMap<>();
    try (PageScan scan = store.store().scan(StoreHarness.TENANT, matchers, span)) {
      for (PageRef ref : scan.pages()) {
        ref.weigh(
            grid,
            (stream, bucket, rows, bytes) -> {
              long[] sums = found.computeIfAbsent(stream + "@" + bucket, k -> new long[2]);
              sums[0] += rows;
              sums[1] += bytes;
            });
      }
    }
    return found;
  }

  /** The same, by reading. */
  private static Map<String, long[]> counted(
      StoreHarness store, List<Matcher> matchers, QuerySpan span, VolumeGrid grid) {
    Map<String, long[]> found = new TreeMap<>();
    for (Batches.Row row : store.rows(matchers, span)) {
      String key = row.stream() + "@" + grid.bucket(row.timestampEpochNanos());
      long[] sums = found.computeIfAbsent(key, k -> new long[2]);
      sums[0]++;
      sums[1] += row.line().getBytes(StandardCharsets.UTF_8).length;
    }
    return found;
  }

  private static List<Batches.Row> rows(Random random, int count) {
    List<Batches.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String line = "user=%d took %d ms %s".formatted(i, random.nextInt(1000), "x".repeat(i % 7));
      rows.add(
          new Batches.Row(
              Labels.of("app", "a" + random.nextInt(APPS)),
              i * 10L + random.nextInt(10),
              line,
              Labels.of("detected_level", "info")));
    }
    return rows;
  }

  @Test
  void rowsAreExactAndBytesOfWholeStreamsToo() throws IOException {
    try (StoreHarness store = StoreHarness.open(new MemoryDisk())) {
      List<Batches.Row> rows = rows(new Random(5), 2_000);
      store.append(rows.subList(0, 1_200));
      store.store().flush();
      store.append(rows.subList(1_100, 2_000)); // a hundred are there already
      for (int round = 0; round < 2; round++) { // weights are kept after the first
        compare(store, List.of(), StoreHarness.ALWAYS, VolumeGrid.WHOLE, 0);
        List<Matcher> one = List.of(Matcher.equal("app", "a1"));
        compare(store, one, StoreHarness.ALWAYS, VolumeGrid.WHOLE, 0);
        compare(store, List.of(), new QuerySpan(0, 20_000), VolumeGrid.aligned(0, STEP), 0.15);
        compare(store, one, new QuerySpan(5_000, 9_000), VolumeGrid.aligned(5_000, STEP), 0.15);
      }
    }
  }

  private static void compare(
      StoreHarness store, List<Matcher> matchers, QuerySpan span, VolumeGrid grid, double slack) {
    Map<String, long[]> want = counted(store, matchers, span, grid);
    Map<String, long[]> found = weighed(store, matchers, span, grid);
    assertEquals(want.keySet(), found.keySet());
    want.forEach(
        (key, sums) -> {
          long[] told = found.getOrDefault(key, new long[2]);
          assertEquals(sums[0], told[0], key);
          // a page that is read in part weighs what its rows weigh on average
          double allowed = Math.max(slack, hasDuplicates(span) ? 0.05 : 0) * sums[1];
          assertTrue(Math.abs(sums[1] - told[1]) <= allowed, key + ": " + sums[1] + " " + told[1]);
        });
  }

  private static boolean hasDuplicates(QuerySpan span) {
    return span.equals(StoreHarness.ALWAYS);
  }

  /** Lengths of a large page's lines are estimated; what they sum up to is not. */
  @Test
  void largePagesAreEstimated() throws IOException {
    try (StoreHarness store = StoreHarness.open(new MemoryDisk())) {
      List<Batches.Row> rows = new ArrayList<>();
      Map<String, Long> bytes = new HashMap<>();
      Random random = new Random(6);
      for (int i = 0; i < 40_000; i++) {
        boolean isLong = i % 4 == 0;
        String line =
            (isLong
                    ? "request %08d answered after a rather long while by worker %08d of the pool"
                    : "tick %08d %08d")
                .formatted(random.nextInt(100_000_000), i);
        String app = isLong ? "long" : "short";
        bytes.merge(app, (long) line.length(), Long::sum);
        rows.add(new Batches.Row(Labels.of("app", app), i, line, Labels.EMPTY));
      }
      store.append(rows);
      store.store().flush();
      Map<String, long[]> found = weighed(store, List.of(), StoreHarness.ALWAYS, VolumeGrid.WHOLE);
      for (String app : List.of("long", "short")) {
        long[] told = found.getOrDefault(Labels.of("app", app) + "@0", new long[2]);
        assertEquals(
            (double) bytes.getOrDefault(app, 0L),
            (double) told[1],
            (double) bytes.getOrDefault(app, 1L) * 0.02);
      }
    }
  }
}
