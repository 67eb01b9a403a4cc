package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.property.ForAll;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class QuantileTest {
  private static final long[] NO_TIMES = {};

  @Test
  void sortedCellsGiveWhatAllValuesGive() {
    ForAll.forAll(
        3_000,
        random -> {
          int cells = 1 + random.nextInt(random.nextBoolean() ? 4 : 80);
          int[] starts = new int[cells + 3];
          for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + (random.nextInt(3) == 0 ? 0 : random.nextInt(40));
          }
          int count = starts[starts.length - 1];
          double[] values = new double[count];
          for (int i = 0; i < count; i++) {
            values[i] = random.nextBoolean() ? random.nextInt(9) : random.nextGaussian();
          }
          for (int i = 0; i + 1 < starts.length; i++) {
            Arrays.sort(values, starts[i], starts[i + 1]);
          }
          double[] phis = {0, 0.01, 0.5, 0.95, 0.999, 1, -1, 2, Double.NaN, random.nextDouble()};
          double phi = phis[random.nextInt(phis.length)];
          int from = starts[1];
          int to = starts[1 + cells];
          if (from < to) {
            assertEquals(
                new Quantile(phi).of(NO_TIMES, values, from, to, 0, 0),
                new Quantile(phi).ofSortedCells(values, starts, 1, cells),
                "phi " + phi);
          }
        });
  }
}
