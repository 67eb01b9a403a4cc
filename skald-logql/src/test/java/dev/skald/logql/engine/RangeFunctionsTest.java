package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Range functions over one window of ten seconds, (0 s, 10 s], and over random ones. */
final class RangeFunctionsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  /** {@code samples}: second and value in turn. */
  record Case(RangeFunction function, double parameter, List<Double> samples, double expected) {
    @Override
    public String toString() {
      return function.text() + "(" + parameter + ") " + samples;
    }
  }

  private static Case of(RangeFunction function, double expected, double... samples) {
    return new Case(function, 0, list(samples), expected);
  }

  private static Case quantile(double phi, double expected, double... samples) {
    return new Case(RangeFunction.QUANTILE_OVER_TIME, phi, list(samples), expected);
  }

  private static List<Double> list(double[] samples) {
    return java.util.Arrays.stream(samples).boxed().toList();
  }

  static Stream<Case> cases() {
    return Stream.of(
        of(RangeFunction.RATE, 0.6, 1, 2, 2, 4),
        of(RangeFunction.SUM_OVER_TIME, 6, 1, 2, 2, 4),
        of(RangeFunction.SUM_OVER_TIME, INF, 1, INF, 2, 4),
        of(RangeFunction.SUM_OVER_TIME, NAN, 1, INF, 2, -INF),
        of(RangeFunction.SUM_OVER_TIME, NAN, 1, NAN, 2, 1),
        of(RangeFunction.SUM_OVER_TIME, 2, 1, 1, 2, 1e100, 3, 1, 4, -1e100),
        of(RangeFunction.AVG_OVER_TIME, 3, 1, 2, 2, 4),
        of(RangeFunction.AVG_OVER_TIME, -INF, 1, -INF, 2, 4),
        of(RangeFunction.AVG_OVER_TIME, NAN, 1, -INF, 2, INF),
        of(RangeFunction.MIN_OVER_TIME, -1, 1, 2, 2, -1, 3, NAN),
        of(RangeFunction.MIN_OVER_TIME, NAN, 1, NAN, 2, NAN),
        of(RangeFunction.MAX_OVER_TIME, 2, 1, NAN, 2, -1, 3, 2),
        of(RangeFunction.MAX_OVER_TIME, INF, 1, INF, 2, -1),
        of(RangeFunction.FIRST_OVER_TIME, 7, 3, 8, 1, 7, 2, 9),
        of(RangeFunction.LAST_OVER_TIME, 8, 3, 8, 1, 7, 2, 9),
        of(RangeFunction.STDVAR_OVER_TIME, 4, 1, 2, 2, 4, 3, 4, 4, 4, 5, 5, 6, 5, 7, 7, 8, 9),
        of(RangeFunction.STDDEV_OVER_TIME, 2, 1, 2, 2, 4, 3, 4, 4, 4, 5, 5, 6, 5, 7, 7, 8, 9),
        of(RangeFunction.STDDEV_OVER_TIME, 0, 1, 5),
        of(RangeFunction.STDDEV_OVER_TIME, NAN, 1, 5, 2, INF),
        quantile(0.5, 3, 1, 5, 2, 1, 3, 3),
        quantile(0.25, 1.5, 1, 1, 2, 2, 3, 4),
        quantile(0, 1, 1, 5, 2, 1),
        quantile(1, 5, 1, 5, 2, 1),
        quantile(-0.1, -INF, 1, 5),
        quantile(1.1, INF, 1, 5),
        quantile(NAN, NAN, 1, 5),
        quantile(0, NAN, 1, NAN, 2, 5),
        quantile(1, 5, 1, NAN, 2, 5),
        // One sample, or none growing.
        of(RangeFunction.RATE_COUNTER, 0, 5, 3),
        of(RangeFunction.RATE_COUNTER, 0, 2, 3, 8, 3),
        // Growth 8 over 8 s from 1 to 9; edges are nearer than 1.1 distances: 8 * 10/8 / 10.
        of(RangeFunction.RATE_COUNTER, 1, 1, 100, 3, 102, 5, 104, 7, 106, 9, 108),
        // A start near zero: it cannot have grown before for longer than 8 * 0.5/8 s.
        of(RangeFunction.RATE_COUNTER, 0.95, 1, 0.5, 3, 2.5, 5, 4.5, 7, 6.5, 9, 8.5),
        // A reset: 4 of it before, 2 after.
        of(RangeFunction.RATE_COUNTER, 0.75, 1, 100, 3, 104, 5, 0, 7, 1, 9, 2),
        // Far from both edges: half a distance on each side.
        of(RangeFunction.RATE_COUNTER, 0.4, 4, 100, 5, 101, 6, 103, 7, 103));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheValueOfTheSpecification(Case c) {
    WindowCells windows = new WindowCells(new StepGrid(10 * SECOND, 1, 1), 10 * SECOND, 0);
    RangeTable table = table(c.function, c.parameter, windows, 10);
    Observation observation = new Observation();
    for (int i = 0; i < c.samples.size(); i += 2) {
      observation.epochNanos = (long) (c.samples.get(i) * SECOND);
      observation.arrival = Observation.arrival(0, i);
      observation.value = c.samples.get(i + 1);
      table.add(0, windows.cellOf(observation.epochNanos), observation);
    }
    StepSeries result = new StepSeries(Labels.EMPTY, 1);
    table.windows(List.of(new RangeTable.Part(table, 0)), result);
    assertEquals(c.expected, result.value(0), 1e-12);
  }

  private static RangeTable table(
      RangeFunction function, double parameter, WindowCells windows, double seconds) {
    double divisor = function == RangeFunction.RATE ? seconds : 1;
    return RangeTable.of(function, parameter, true, windows, divisor, Meters.ample());
  }

  private record Sample(long epochNanos, int page, int row, double value) {}

  /**
   * Whichever worker sees which page, in any order of pages: the answer is that of one worker with
   * all of them.
   */
  @Test
  void joinsTablesToWhatOneWouldHave() {
    long seed = 4711;
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      String where = "seed " + seed + " round " + round;
      int steps = 1 + random.nextInt(6);
      long step = (1 + random.nextInt(20)) * SECOND;
      long range = (1 + random.nextInt(100)) * SECOND;
      WindowCells windows = new WindowCells(new StepGrid(200 * SECOND, step, steps), range, 0);
      RangeFunction function = function(random);
      double parameter = random.nextDouble();
      List<Sample> samples = samples(random);
      double[] alone = answer(function, parameter, windows, samples, 1, random);
      double[] shared = answer(function, parameter, windows, samples, 3, random);
      for (int i = 0; i < steps; i++) {
        assertEquals(alone[i], shared[i], where + " " + function + " step " + i);
      }
    }
  }

  private static RangeFunction function(Random random) {
    RangeFunction[] all = RangeFunction.values();
    return all[random.nextInt(all.length)];
  }

  private static List<Sample> samples(Random random) {
    List<Sample> samples = new ArrayList<>();
    for (int page = 0; page < 6; page++) {
      int rows = random.nextInt(15);
      for (int row = 0; row < rows; row++) {
        long time = (100 + random.nextInt(250)) * SECOND;
        samples.add(new Sample(time, page, row, random.nextInt(1000) / 7.0));
      }
    }
    return samples;
  }

  private static double[] answer(
      RangeFunction function,
      double parameter,
      WindowCells windows,
      List<Sample> samples,
      int workers,
      Random random) {
    List<RangeTable.Part> parts = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      parts.add(new RangeTable.Part(table(function, parameter, windows, 10), 0));
    }
    int[] workerOfPage = random.ints(6, 0, workers).toArray();
    Observation observation = new Observation();
    boolean[] touched = new boolean[workers];
    for (Sample sample : samples) {
      int cell = windows.cellOf(sample.epochNanos);
      if (cell != WindowCells.NO_CELL) {
        observation.epochNanos = sample.epochNanos;
        observation.arrival = Observation.arrival(sample.page, sample.row);
        observation.value = sample.value;
        touched[workerOfPage[sample.page]] = true;
        parts.get(workerOfPage[sample.page]).table().add(0, cell, observation);
      }
    }
    List<RangeTable.Part> met = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      if (touched[worker]) {
        met.add(parts.get(worker));
      }
    }
    StepSeries result = new StepSeries(Labels.EMPTY, windows.grid().count());
    if (!met.isEmpty()) {
      met.getFirst().table().windows(met, result);
    }
    double[] values = new double[result.steps()];
    for (int i = 0; i < values.length; i++) {
      values[i] = result.has(i) ? result.value(i) : -1;
    }
    return values;
  }
}
