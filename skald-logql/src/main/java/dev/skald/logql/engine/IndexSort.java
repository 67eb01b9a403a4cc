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
   * Sorts the first {@code size} elements.
   *
   * @return false if they were in order
   */
  static boolean sort(int[] items, int size, Order order) {
    int[] runs = runs(items, size, order);
    if (runs.length <= 2) {
      return false;
    }
    int[] from = items;
    int[] to = new int[size];
    while (runs.length > 2) {
      int[] merged = new int[runs.length / 2 + 1];
      int count = 0;
      for (int i = 0; i + 1 < runs.length; i += 2) {
        int middle = runs[i + 1];
        int end = i + 2 < runs.length ? runs[i + 2] : middle;
        merge(from, to, runs[i], middle, end, order);
        merged[count++] = runs[i];
      }
      merged[count++] = size;
      runs = Arrays.copyOf(merged, count);
      int[] swap = from;
      from = to;
      to = swap;
    }
    if (from != items) {
      System.arraycopy(from, 0, items, 0, size);
    }
    return true;
  }

  /** Where runs begin, and the size. */
  private static int[] runs(int[] items, int size, Order order) {
    int[] starts = new int[8];
    int count = 1;
    for (int i = 1; i < size; i++) {
      if (order.compare(items[i], items[i - 1]) < 0) {
        if (count + 1 == starts.length) {
          starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[count++] = i;
      }
    }
    starts[count++] = size;
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
