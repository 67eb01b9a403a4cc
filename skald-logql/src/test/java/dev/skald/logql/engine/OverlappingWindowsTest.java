package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.model.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that slide have the values that each has when it is looked at alone. */
final class OverlappingWindowsTest {
  private static final long SECOND = 1_000_000_000L;

  static Stream<WindowFunction> functions() {
    return Stream.of(
        Deviation.VARIANCE,
        Deviation.STANDARD,
        new CounterRate(CounterRate.Edges.REACHED),
        new Quantile(0),
        new Quantile(0.5),
        new Quantile(0.99),
        new Quantile(1),
        new Quantile(-1),
        new Quantile(2),
        new Quantile(Double.NaN));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void areAsEachAlone(WindowFunction function) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int steps = 1 + random.nextInt(40);
      long range = (1 + random.nextInt(60)) * SECOND;
      long step = (1 + random.nextInt(9)) * SECOND;
      WindowCells windows = new WindowCells(new StepGrid(100 * SECOND, step, steps), range, 0);
      CellSamples cells = samples(random, windows);
      StepSeries sliding = new StepSeries(Labels.EMPTY, steps);
      function.ofOverlapping(cells, sliding);
      for (int i = 0; i < steps; i++) {
        String where = "seed " + seed + " step " + i;
        assertEquals(cells.from(i) < cells.to(i), sliding.has(i), where);
        if (sliding.has(i)) {
          double alone =
              function.of(
                  cells.samples().times(),
                  cells.samples().values(),
                  cells.from(i),
                  cells.to(i),
                  windows.windowStartEpochNanos(i),
                  windows.windowEndEpochNanos(i));
          double delta = Double.isFinite(alone) ? 1e-9 * (1 + Math.abs(alone)) : 0;
          assertEquals(alone, sliding.value(i), delta, where);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 0.95, 1})
  void quantilesOfCountedSamplesAreThoseOfEachAlone(double phi) {
    Quantile function = new Quantile(phi);
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int steps = 1 + random.nextInt(40);
      long range = (1 + random.nextInt(30)) * SECOND;
      long step = (1 + random.nextInt(30)) * SECOND;
      WindowCells windows = new WindowCells(new StepGrid(100 * SECOND, step, steps), range, 0);
      CellSamples cells = samples(random, windows);
      StepSeries counted = new StepSeries(Labels.EMPTY, steps);
      new Quantile(phi).ofLarge(cells, counted);
      StepSeries alone = new StepSeries(Labels.EMPTY, steps);
      for (int i = 0; i < steps; i++) {
        if (cells.from(i) < cells.to(i)) {
          double[] values = cells.samples().values();
          alone.set(i, function.of(new long[0], values, cells.from(i), cells.to(i), 0, 0));
        }
      }
      for (int i = 0; i < steps; i++) {
        String where = "seed " + seed + " step " + i;
        assertEquals(alone.has(i), counted.has(i), where);
        assertEquals(alone.value(i), counted.value(i), where);
      }
    }
  }

  @Test
  void valuesAloneAreInCellsAsSamplesAre() {
    for (int seed = 0; seed < 300; seed++) {
      WindowCells windows =
          new WindowCells(new StepGrid(100 * SECOND, SECOND + seed, 1 + seed % 7), 9 * SECOND, 0);
      List<SampleList> lists =
          List.of(list(new Random(seed), windows), list(new Random(-seed), windows));
      List<SampleList> same =
          List.of(list(new Random(seed), windows), list(new Random(-seed), windows));
      SampleList joined = SampleList.joined(lists, Meters.ample());
      int[] starts = joined.sortIntoCells(windows);
      CellSamples values = SampleList.valuesInCells(same, windows, Meters.ample());
      String where = "seed " + seed;
      assertArrayEquals(starts, values.starts(), where);
      assertEquals(joined.size(), values.samples().size(), where);
      assertArrayEquals(
          Arrays.copyOf(joined.values(), joined.size()), values.samples().values(), where);
    }
  }

  private static CellSamples samples(Random random, WindowCells windows) {
    SampleList joined = SampleList.joined(List.of(list(random, windows)), Meters.ample());
    int[] starts = joined.sortIntoCells(windows);
    joined.sortByTime(starts);
    assertTrue(starts.length > 0);
    return new CellSamples(joined, starts, windows, Meters.ample());
  }

  private static SampleList list(Random random, WindowCells windows) {
    SampleList list = new SampleList(Meters.ample());
    Observation observation = new Observation();
    int count = random.nextInt(random.nextInt(5) == 0 ? 3000 : 200);
    int kind = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      observation.epochNanos =
          windows.span().startEpochNanos()
              + random.nextLong(windows.span().endEpochNanos() - windows.span().startEpochNanos());
      observation.arrival = Observation.arrival(i / 50, i);
      observation.value =
          switch (kind) {
            case 0 -> random.nextInt(5);
            case 1 -> random.nextGaussian() * 1e6;
            case 4 -> random.nextInt(99) == 0 ? -1e300 : 1 + random.nextInt(1000) * 1e-12;
            case 5 -> Math.exp(random.nextGaussian() * 9) * (random.nextBoolean() ? 1 : -1);
            case 2 -> random.nextInt(9) == 0 ? Double.NaN : random.nextDouble();
            default -> random.nextInt(30) == 0 ? Double.NEGATIVE_INFINITY : i;
          };
      if (windows.cellOf(observation.epochNanos) != WindowCells.NO_CELL) {
        list.add(observation);
      }
    }
    return list;
  }
}
