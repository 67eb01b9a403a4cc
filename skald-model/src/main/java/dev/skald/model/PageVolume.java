package dev.skald.model;

import java.util.Arrays;

/** Weighs pages: how many rows and bytes which stream has when. */
final class PageVolume {
  /** The server's own word on an entry; nobody sent it, so it weighs nothing (spec limits.md 1.1). */
  private static final String DETECTED_LEVEL = "detected_level";

  private PageVolume() {}

  /** Counts the selected rows; a row weighs as much as its stream's rows on this page do on average. */
  static void tell(PageRows selected, VolumeGrid grid, VolumeSink sink) {
    Page page = selected.page();
    Selection rows = selected.rows();
    if (rows.isEmpty()) {
      return;
    }
    int[] streamOf = page.streamOrdinals();
    long[] streamBytes = page.streamBytes();
    int[] streamRows = new int[page.streamCount()];
    for (int row = 0; row < page.rowCount(); row++) {
      streamRows[streamOf[row]]++;
    }
    long[] places = places(page, rows, grid);
    for (int from = 0; from < places.length; ) {
      int to = from + 1;
      while (to < places.length && places[to] == places[from]) {
        to++;
      }
      int stream = (int) (places[from] >>> Integer.SIZE);
      long bytes = Math.round(streamBytes[stream] * ((double) (to - from) / streamRows[stream]));
      sink.add(page.stream(stream), (int) places[from], to - from, bytes);
      from = to;
    }
  }

  /** Per selected row its stream and bucket in one number, ascending. */
  private static long[] places(Page page, Selection rows, VolumeGrid grid) {
    int[] streamOf = page.streamOrdinals();
    long[] times = page.timestampsEpochNanos();
    long[] places = new long[rows.count()];
    boolean isSorted = true;
    for (int i = 0; i < places.length; i++) {
      int row = rows.row(i);
      places[i] = (long) streamOf[row] << Integer.SIZE | grid.bucket(times[row]);
      isSorted &= i == 0 || places[i] >= places[i - 1];
    }
    if (!isSorted) {
      Arrays.sort(places);
    }
    return places;
  }

  /** What {@link Page#streamBytes} says, counted on the lines. */
  static long[] countedOnLines(Page page) {
    long[] bytes = metadataBytes(page);
    Lines lines = page.lines();
    int[] streamOf = page.streamOrdinals();
    for (int row = 0; row < page.rowCount(); row++) {
      bytes[streamOf[row]] += lines.end(row) - lines.start(row);
    }
    return bytes;
  }

  /** What {@link Page#metadataChars} says, counted. */
  static long metadataChars(Page page, Selection rows) {
    if (page.metadataCount() <= 1) {
      return 0;
    }
    int[] counts = rows.tally(page.metadataOrdinals(), page.metadataCount());
    long sum = 0;
    for (int ordinal = 0; ordinal < counts.length; ordinal++) {
      if (counts[ordinal] > 0) {
        long chars = 0;
        for (Label label : page.metadata(ordinal).sorted()) {
          chars += label.name().length() + label.value().length();
        }
        sum += chars * counts[ordinal];
      }
    }
    return sum;
  }

  /** Per stream the characters of its rows' metadata. */
  static long[] metadataBytes(Page page) {
    int[] ofSet = new int[page.metadataCount()];
    for (int i = 0; i < ofSet.length; i++) {
      for (Label label : page.metadata(i).sorted()) {
        if (!label.name().equals(DETECTED_LEVEL)) {
          ofSet[i] += label.name().length() + label.value().length();
        }
      }
    }
    long[] bytes = new long[page.streamCount()];
    int[] setOf = page.metadataOrdinals();
    int[] streamOf = page.streamOrdinals();
    for (int row = 0; row < page.rowCount(); row++) {
      bytes[streamOf[row]] += ofSet[setOf[row]];
    }
    return bytes;
  }
}
