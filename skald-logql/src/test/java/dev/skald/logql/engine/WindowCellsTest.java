package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowCellsTest {
  /**
   * Each window holds exactly the times of its cells, for windows of every relation to the step.
   */
  @ParameterizedTest
  @CsvSource({
    // start, step, steps, range, offset
    "100, 10, 5, 10, 0",
    "100, 10, 5, 30, 0",
    "100, 10, 5, 25, 0",
    "100, 10, 5, 3, 0",
    "100, 10, 5, 50, 0",
    "100, 10, 5, 47, 7",
    "100, 10, 5, 1000, -20",
    "100, 10, 1, 15, 0",
    "100, 1, 1, 60, 0",
    "-37, 7, 9, 11, -3",
  })
  void windowsAreTheirCells(long start, long step, int steps, long range, long offset) {
    StepGrid grid = new StepGrid(start, step, steps);
    WindowCells windows = new WindowCells(grid, range, offset);
    for (long time = windows.span().startEpochNanos() - 5;
        time < windows.span().endEpochNanos() + 5;
        time++) {
      int cell = windows.cellOf(time);
      boolean seen = false;
      for (int i = 0; i < steps; i++) {
        long end = grid.timeEpochNanos(i) - offset;
        boolean inWindow = time > end - range && time <= end;
        int first = windows.firstCell(i);
        boolean inCells = cell >= first && cell < first + windows.cellsPerWindow();
        assertEquals(inWindow, inCells, "time " + time + " step " + i + " cell " + cell);
        seen |= inWindow;
      }
      assertEquals(seen, cell != WindowCells.NO_CELL, "time " + time);
      if (cell != WindowCells.NO_CELL) {
        assertTrue(
            time >= windows.cellFirstEpochNanos(cell) && time <= windows.cellLastEpochNanos(cell),
            "time " + time + " cell " + cell);
        assertTrue(cell < windows.cellCount());
      }
    }
  }

  @Test
  void spanHasTheEdgesOfTheOuterWindows() {
    WindowCells windows = new WindowCells(new StepGrid(100, 10, 3), 25, 5);
    assertEquals(71, windows.span().startEpochNanos());
    assertEquals(116, windows.span().endEpochNanos());
  }

  /** Cells of a series joined into windows give what adding each sample to each window gives. */
  @Test
  void windowsOfCellsAreSumsOfSamples() {
    long seed = 20261101;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int steps = 1 + random.nextInt(12);
      long step = 1L + random.nextInt(20);
      long range = 1L + random.nextInt(120);
      StepGrid grid = new StepGrid(1000, step, steps);
      WindowCells windows = new WindowCells(grid, range, 0);
      CellSeries cells = new CellSeries(windows, new CountCells(0), Meters.ample());
      CellSeries others = new CellSeries(windows, new CountCells(0), Meters.ample());
      long[] expected = new long[steps];
      for (int i = random.nextInt(40); i > 0; i--) {
        long time = 1000L - 130 + random.nextInt(400);
        int cell = windows.cellOf(time);
        if (cell == WindowCells.NO_CELL) {
          continue;
        }
        CellSeries to = random.nextBoolean() ? cells : others;
        int index = to.index(cell);
        ((CountCells) to.cells()).add(index, 1);
        for (int s = 0; s < steps; s++) {
          long end = grid.timeEpochNanos(s);
          expected[s] += time > end - range && time <= end ? 1 : 0;
        }
      }
      cells.absorb(others);
      StepSeries actual = new StepSeries(dev.skald.model.Labels.EMPTY, steps);
      cells.windows(actual, 1);
      String where = "seed " + seed + " round " + round;
      for (int s = 0; s < steps; s++) {
        assertEquals(expected[s] > 0, actual.has(s), where);
        assertEquals((double) expected[s], actual.value(s), where);
      }
    }
  }
}
