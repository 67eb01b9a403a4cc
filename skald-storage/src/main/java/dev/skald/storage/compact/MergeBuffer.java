package dev.skald.storage.compact;

import dev.skald.model.Labels;
import dev.skald.storage.segment.OrderedRows;
import java.util.Arrays;

/** Merged rows until they are a page: about one page of lines. */
final class MergeBuffer implements OrderedRows {
  private long[] times = new long[1024];
  private Labels[] metadata = new Labels[1024];

  /** Row {@code r} has {@code lines[offsets[r] .. offsets[r + 1])}. */
  private int[] offsets = new int[1025];

  private byte[] lines = new byte[1 << 16];
  private int rowCount;

  /** First row of each stream here; those before {@link #streamFirst} are in earlier pages. */
  private int[] starts = new int[64];

  private int streamFirst;
  private int streamCount;

  int rowCount() {
    return rowCount;
  }

  /** Bytes of the lines of all rows here. */
  int lineBytes() {
    return offsets[rowCount];
  }

  /** Where the newest stream begins. */
  int newestStreamStart() {
    return streamCount == 0 ? 0 : starts[streamCount - 1];
  }

  int streamFirst() {
    return streamFirst;
  }

  /** Length of the lines from row {@code from} to {@code to} - 1. */
  int lineBytes(int from, int to) {
    return offsets[to] - offsets[from];
  }

  /** Rows that are added from now on are of the next stream. */
  void beginStream() {
    if (streamCount == starts.length) {
      starts = Arrays.copyOf(starts, streamCount * 2);
    }
    starts[streamCount++] = rowCount;
  }

  /** Takes over the row at which the cursor stands. */
  void add(MergeCursor from) {
    if (rowCount == times.length) {
      times = Arrays.copyOf(times, rowCount * 2);
      metadata = Arrays.copyOf(metadata, rowCount * 2);
      offsets = Arrays.copyOf(offsets, rowCount * 2 + 1);
    }
    int start = from.lineStart();
    int length = from.lineEnd() - start;
    int at = offsets[rowCount];
    if (length > lines.length - at) {
      int needed = Math.addExact(at, length);
      lines = Arrays.copyOf(lines, (int) Math.max(needed, Math.min(needed * 2L, 1 << 28)));
    }
    System.arraycopy(from.lineBytes(), start, lines, at, length);
    times[rowCount] = from.time();
    metadata[rowCount] = from.metadata();
    offsets[++rowCount] = at + length;
  }

  /** Forgets the first {@code count} rows; if any is left it keeps its stream. */
  void drop(int count) {
    int left = rowCount - count;
    int bytes = offsets[count];
    System.arraycopy(lines, bytes, lines, 0, offsets[rowCount] - bytes);
    System.arraycopy(times, count, times, 0, left);
    System.arraycopy(metadata, count, metadata, 0, left);
    Arrays.fill(metadata, left, rowCount, Labels.EMPTY);
    for (int row = 0; row <= left; row++) {
      offsets[row] = offsets[row + count] - bytes;
    }
    rowCount = left;
    int gone = 0;
    while (gone + 1 < streamCount && starts[gone + 1] <= count) {
      gone++;
    }
    streamCount -= gone;
    streamFirst += gone;
    for (int i = 0; i < streamCount; i++) {
      starts[i] = Math.max(0, starts[i + gone] - count);
    }
  }

  @Override
  public int start(int stream) {
    int at = stream - streamFirst;
    return at < 0 ? 0 : at < streamCount ? starts[at] : rowCount;
  }

  @Override
  public long time(int row) {
    return times[row];
  }

  @Override
  public int lineLength(int row) {
    return offsets[row + 1] - offsets[row];
  }

  @Override
  public int copyLine(int row, byte[] target, int at) {
    int length = lineLength(row);
    System.arraycopy(lines, offsets[row], target, at, length);
    return length;
  }

  @Override
  public boolean hasMetadata(int row) {
    return metadata[row].size() > 0;
  }

  @Override
  public Labels metadata(int row) {
    return metadata[row];
  }
}
