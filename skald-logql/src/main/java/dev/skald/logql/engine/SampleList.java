package dev.skald.logql.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All samples of one series, for functions that need each of them. One worker appends, page by page
 * in ascending order of arrival; {@link #joined} makes one list of several.
 */
final class SampleList {
  private static final int BYTES_PER_SAMPLE = 2 * Long.BYTES;
  private static final int BYTES_PER_PAGE = 2 * Integer.BYTES;
  private static final int CAPACITY_MIN = 4;

  private final QueryMeter meter;
  private int size;
  private long[] times = new long[0];
  private double[] values = new double[0];

  /** Per page that gave samples: its sequence number and where its samples begin. */
  private int pageCount;

  private int[] pageSequences = new int[0];
  private int[] pageStarts = new int[0];

  SampleList(QueryMeter meter) {
    this.meter = meter;
  }

  int size() {
    return size;
  }

  /** The first {@link #size} elements, in the list's order. Borrowed. */
  long[] times() {
    return times;
  }

  /** As {@link #times}. */
  double[] values() {
    return values;
  }

  void add(Observation o) {
    int page = Observation.pageSequence(o.arrival);
    if (pageCount == 0 || pageSequences[pageCount - 1] != page) {
      addPage(page);
    }
    append(o.epochNanos, o.value);
  }

  private void addPage(int page) {
    if (pageCount == pageSequences.length) {
      int capacity = Math.max(1, pageCount * 2);
      meter.reserve((long) (capacity - pageCount) * BYTES_PER_PAGE);
      pageSequences = Arrays.copyOf(pageSequences, capacity);
      pageStarts = Arrays.copyOf(pageStarts, capacity);
    }
    pageSequences[pageCount] = page;
    pageStarts[pageCount] = size;
    pageCount++;
  }

  private void append(long epochNanos, double value) {
    if (size == times.length) {
      room(Math.max(CAPACITY_MIN, size * 2));
    }
    times[size] = epochNanos;
    values[size] = value;
    size++;
  }

  private void room(int capacity) {
    meter.reserve((long) (capacity - times.length) * BYTES_PER_SAMPLE);
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
  }

  void release() {
    meter.release(
        ((long) times.length + values.length) * Long.BYTES
            + (long) pageSequences.length * BYTES_PER_PAGE);
    size = 0;
    times = new long[0];
    values = new double[0];
    pageCount = 0;
    pageSequences = new int[0];
    pageStarts = new int[0];
  }

  /** A stretch of a list. */
  private record Part(SampleList list, int sequence, int from, int end) {}

  /** The samples of all lists by page. */
  private static List<Part> parts(List<SampleList> lists) {
    List<Part> parts = new ArrayList<>();
    for (SampleList list : lists) {
      for (int i = 0; i < list.pageCount; i++) {
        int end = i + 1 < list.pageCount ? list.pageStarts[i + 1] : list.size;
        parts.add(new Part(list, list.pageSequences[i], list.pageStarts[i], end));
      }
    }
    parts.sort(Comparator.comparingInt(Part::sequence));
    return parts;
  }

  private static int total(List<SampleList> lists) {
    int total = 0;
    for (SampleList list : lists) {
      total = Math.addExact(total, list.size);
    }
    return total;
  }

  /** Samples of all lists by page, then as appended. The lists are released. */
  static SampleList joined(List<SampleList> lists, QueryMeter meter) {
    SampleList all = new SampleList(meter);
    all.room(total(lists));
    for (Part part : parts(lists)) {
      int count = part.end - part.from;
      System.arraycopy(part.list.times, part.from, all.times, all.size, count);
      System.arraycopy(part.list.values, part.from, all.values, all.size, count);
      all.size += count;
    }
    lists.forEach(SampleList::release);
    return all;
  }

  /**
   * As {@link #joined} and {@link #sortIntoCells}, of the values alone: the list has no times. The lists are released.
   */
  static CellSamples valuesInCells(List<SampleList> lists, WindowCells windows, QueryMeter meter) {
    List<Part> parts = parts(lists);
    int total = total(lists);
    NearCell near = new NearCell(windows);
    int[] starts = new int[windows.cellCount() + 1];
    for (Part part : parts) {
      for (int i = part.from; i < part.end; i++) {
        starts[near.of(part.list.times[i]) + 1]++;
      }
    }
    for (int cell = 0; cell < windows.cellCount(); cell++) {
      starts[cell + 1] += starts[cell];
    }
    SampleList all = new SampleList(meter);
    meter.reserve((long) total * Double.BYTES);
    all.values = new double[total];
    all.size = total;
    int[] next = starts.clone();
    for (Part part : parts) {
      for (int i = part.from; i < part.end; i++) {
        all.values[next[near.of(part.list.times[i])]++] = part.list.values[i];
      }
    }
    lists.forEach(SampleList::release);
    return new CellSamples(all, starts, windows, meter);
  }

  /**
   * Sorts the samples into cells, keeping their order within each.
   *
   * @return where the samples of each cell begin, and the size
   */
  int[] sortIntoCells(WindowCells windows) {
    NearCell near = new NearCell(windows);
    int[] cells = new int[size];
    int[] starts = new int[windows.cellCount() + 1];
    boolean inOrder = true;
    for (int i = 0; i < size; i++) {
      cells[i] = near.of(times[i]);
      starts[cells[i] + 1]++;
      inOrder &= i == 0 || cells[i - 1] <= cells[i];
    }
    for (int cell = 0; cell < windows.cellCount(); cell++) {
      starts[cell + 1] += starts[cell];
    }
    if (inOrder) {
      return starts;
    }
    long scratchBytes = (long) size * BYTES_PER_SAMPLE;
    meter.reserve(scratchBytes);
    int[] next = starts.clone();
    long[] arrangedTimes = new long[size];
    double[] arrangedValues = new double[size];
    for (int i = 0; i < size; i++) {
      int to = next[cells[i]]++;
      arrangedTimes[to] = times[i];
      arrangedValues[to] = values[i];
    }
    replace(arrangedTimes, arrangedValues);
    meter.release(scratchBytes);
    return starts;
  }

  /** Sorts samples that lie in cells by time, those of one time keeping their order. */
  void sortByTime(int[] cellStarts) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    int[] scratch = new int[size];
    boolean moved = false;
    for (int cell = 0; cell + 1 < cellStarts.length; cell++) {
      moved |=
          IndexSort.sort(
              order,
              cellStarts[cell],
              cellStarts[cell + 1],
              scratch,
              (a, b) -> Long.compare(times[a], times[b]));
    }
    if (moved) {
      arrange(order);
    }
  }

  private void arrange(int[] order) {
    long[] arrangedTimes = new long[size];
    double[] arrangedValues = new double[size];
    for (int i = 0; i < size; i++) {
      arrangedTimes[i] = times[order[i]];
      arrangedValues[i] = values[order[i]];
    }
    replace(arrangedTimes, arrangedValues);
  }

  private void replace(long[] arrangedTimes, double[] arrangedValues) {
    long spare = (long) (times.length - size) * BYTES_PER_SAMPLE;
    times = arrangedTimes;
    values = arrangedValues;
    meter.release(spare);
  }
}
