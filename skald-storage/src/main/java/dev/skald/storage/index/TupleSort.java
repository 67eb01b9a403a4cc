package dev.skald.storage.index;

import java.util.Arrays;

/**
 * Sorts tuples of small numbers by their first, then by their second and so on; one that begins
 * another comes first. A radix sort from the last number to the first, without comparing tuples.
 */
final class TupleSort {
  /** Up to this many are sorted by insertion: counting costs as much as numbers are far apart. */
  private static final int INSERTED_MAX = 32;

  private final int[] numbers;
  private final int[] starts;

  private TupleSort(int[] numbers, int[] starts) {
    this.numbers = numbers;
    this.starts = starts;
  }

  /**
   * Tuple {@code t} has {@code numbers[starts[t] .. starts[t + 1])}, none negative. Equal ones stay
   * in order.
   *
   * @return the tuples in order
   */
  static int[] sort(int[] numbers, int[] starts) {
    return new TupleSort(numbers, starts).sort();
  }

  private int[] sort() {
    int count = starts.length - 1;
    int[][] byLength = byLength(count);
    int[] sorted = new int[0]; // those longer than `at`, by what is behind it
    for (int at = byLength.length - 2; at >= 0; at--) {
      sorted = sort(joined(byLength[at + 1], sorted), at);
    }
    return joined(byLength[0], sorted);
  }

  private int[][] byLength(int count) {
    int longest = 0;
    for (int tuple = 0; tuple < count; tuple++) {
      longest = Math.max(longest, starts[tuple + 1] - starts[tuple]);
    }
    int[] counts = new int[longest + 1];
    for (int tuple = 0; tuple < count; tuple++) {
      counts[starts[tuple + 1] - starts[tuple]]++;
    }
    int[][] byLength = new int[longest + 1][];
    Arrays.setAll(byLength, length -> new int[counts[length]]);
    Arrays.fill(counts, 0);
    for (int tuple = 0; tuple < count; tuple++) {
      int length = starts[tuple + 1] - starts[tuple];
      byLength[length][counts[length]++] = tuple;
    }
    return byLength;
  }

  private static int[] joined(int[] first, int[] second) {
    if (first.length == 0 || second.length == 0) {
      return first.length == 0 ? second : first;
    }
    int[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** Stable, by the number at {@code at}. */
  private int[] sort(int[] tuples, int at) {
    int min = Integer.MAX_VALUE;
    int max = 0;
    for (int tuple : tuples) {
      min = Math.min(min, numbers[starts[tuple] + at]);
      max = Math.max(max, numbers[starts[tuple] + at]);
    }
    if (min >= max) {
      return tuples;
    }
    if (tuples.length <= INSERTED_MAX) {
      insertionSort(tuples, at);
      return tuples;
    }
    int[] next = new int[max - min + 2];
    for (int tuple : tuples) {
      next[numbers[starts[tuple] + at] - min + 1]++;
    }
    for (int i = 1; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    int[] sorted = new int[tuples.length];
    for (int tuple : tuples) {
      sorted[next[numbers[starts[tuple] + at] - min]++] = tuple;
    }
    return sorted;
  }

  private void insertionSort(int[] tuples, int at) {
    for (int i = 1; i < tuples.length; i++) {
      int tuple = tuples[i];
      int number = numbers[starts[tuple] + at];
      int to = i;
      while (to > 0 && numbers[starts[tuples[to - 1]] + at] > number) {
        tuples[to] = tuples[to - 1];
        to--;
      }
      tuples[to] = tuple;
    }
  }
}
