package dev.skald.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a selection, it has the rows that a plain list would have. */
final class SelectionTest {
  private static final int ROWS = 40;

  @Test
  void isAListWhateverIsDoneToIt() {
    for (long seed = 1; seed <= 3000; seed++) {
      Random random = new Random(seed);
      List<Integer> expected = new ArrayList<>();
      Selection selection = begin(random, expected);
      assertSame(expected, selection, "seed " + seed);
      for (int step = 0; step < 4; step++) {
        selection = change(random, selection, expected);
        assertSame(expected, selection, "seed " + seed + " step " + step);
      }
    }
  }

  private static Selection begin(Random random, List<Integer> expected) {
    int from = random.nextInt(ROWS);
    int to = from + random.nextInt(ROWS - from + 1);
    for (int row = from; row < to; row++) {
      expected.add(row);
    }
    return switch (random.nextInt(3)) {
      case 0 -> Selection.range(from, to);
      case 1 ->
          Selection.taking(
              Arrays.copyOf(expected.stream().mapToInt(i -> i).toArray(), ROWS), to - from);
      default -> {
        expected.clear();
        for (int row = 0; row < to; row++) {
          expected.add(row);
        }
        yield Selection.all(to);
      }
    };
  }

  private static Selection change(Random random, Selection selection, List<Integer> expected) {
    BitSet bits = new BitSet();
    int from = random.nextInt(ROWS);
    int to = from + random.nextInt(ROWS - from + 1);
    for (int row = from; row < to; row++) {
      bits.set(row, random.nextInt(5) > 0);
    }
    switch (random.nextInt(5)) {
      case 0 -> {
        selection.keep(bits::get);
        expected.removeIf(row -> !bits.get(row));
      }
      case 1 -> {
        selection.keepSet(bits);
        expected.removeIf(row -> !bits.get(row));
      }
      case 2 -> {
        BitSet run = new BitSet();
        run.set(from, to);
        selection.keepSet(run);
        expected.removeIf(row -> !run.get(row));
      }
      case 3 -> {
        selection.narrow((rows, count) -> count / 2);
        expected.subList(expected.size() / 2, expected.size()).clear();
      }
      default -> {
        int begin = random.nextInt(expected.size() + 1);
        int end = begin + random.nextInt(expected.size() - begin + 1);
        List<Integer> part = List.copyOf(expected.subList(begin, end));
        expected.clear();
        expected.addAll(part);
        return selection.slice(begin, end);
      }
    }
    return selection;
  }

  private static void assertSame(List<Integer> expected, Selection selection, String where) {
    assertEquals(expected.size(), selection.count(), where);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), selection.row(i), where);
    }
    for (int row = 0; row <= ROWS; row++) {
      int bound = 0;
      while (bound < expected.size() && expected.get(bound) < row) {
        bound++;
      }
      assertEquals(bound, selection.lowerBound(0, row), where);
    }
    Selection copy = selection.slice(0, selection.count());
    int[] rows = copy.rows();
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), rows[i], where);
    }
  }

  @Test
  void rowsAreCountedByOrdinal() {
    int[] ordinals = {0, 2, 2, 1, 2, 0};
    assertArrayEquals(new int[] {2, 1, 3, 0}, Selection.all(6).tally(ordinals, 4));
    assertArrayEquals(new int[] {0, 1, 2}, Selection.range(2, 5).tally(ordinals, 3));
    Selection listed = Selection.taking(new int[] {1, 3, 5, 0}, 3);
    assertArrayEquals(new int[] {1, 1, 1}, listed.tally(ordinals, 3));
    assertArrayEquals(new int[1], Selection.empty().tally(ordinals, 1));
  }
}
