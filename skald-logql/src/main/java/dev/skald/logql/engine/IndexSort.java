package dev.skald.logql.engine;

import java.util.Arrays;

/**
 * Sorts numbers of things, stably: runs that ascend already are found and merged two by two
 * (natural merge sort, Knuth TAOCP 5.2.4). Pages give one run per stream, so there are few.
 */
final class IndexSort {
  private IndexSort() {}

  /** How two things compare, by their numbers. */
  @FunctionalInterface
  interface Order {
    int compare(int a, int b);
  }

  /**
   * Sorts elements {@code start} to {@code end} (exclusive).
   *
   * @param scratch as long as {@code items}
   * @return false if they were in order
   */
  static boolean sort(int[] items, int start, int end, int[] scratch, Order order) {
    int[] runs = runs(items, start, end, order);
    if (runs.length <= 2) {
      return false;
    }
    int[] from = items;
    int[] to = scratch;
    while (runs.length > 2) {
      int[] merged = new int[runs.length / 2 + 1];
      int count = 0;
      for (int i = 0; i + 1 < runs.length; i += 2) {
        int middle = runs[i + 1];
        int runEnd = i + 2 < runs.length ? runs[i + 2] : middle;
        merge(from, to, runs[i], middle, runEnd, order);
        merged[count++] = runs[i];
      }
      merged[count++] = end;
      runs = Arrays.copyOf(merged, count);
      int[] swap = from;
      from = to;
      to = swap;
    }
    if (from != items) {
      System.arraycopy(from, start, items, start, end - start);
    }
    return true;
  }

  /** Where runs begin, and the end. */
  private static int[] runs(int[] items, int start, int end, Order order) {
    int[] starts = new int[8];
    starts[0] = start;
    int count = 1;
    for (int i = start + 1; i < end; i++) {
      if (order.compare(items[i], items[i - 1]) < 0) {
        if (count + 1 == starts.length) {
          starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[count++] = i;
      }
    }
    starts[count++] = end;
    return Arrays.copyOf(starts, count);
  }

  private static void merge(int[] from, int[] to, int start, int middle, int end, Order order) {
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takesLeft =
          right >= end || (left < middle && order.compare(from[left], from[right]) <= 0);
      to[at] = takesLeft ? from[left++] : from[right++];
    }
  }
}
