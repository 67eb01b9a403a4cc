package dev.skald.storage.segment;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import java.util.Arrays;

/**
 * The stream column of a page: its rows are sorted by stream, so it is one run of rows for each of
 * its streams. Immutable.
 */
final class StreamRuns {
  private final int[] streams;
  private final int[] starts;

  private StreamRuns(int[] streams, int[] starts) {
    this.streams = streams;
    this.starts = starts;
  }

  /** Of a range of rows whose first row is of stream {@code streamFirst}. */
  static StreamRuns of(OrderedRows rows, PageCut.Range range, int streamFirst) {
    int stream = streamFirst;
    while (rows.start(stream + 1) < range.to()) {
      stream++;
    }
    int count = stream - streamFirst + 1; // a sorted segment skips no stream
    int[] streams = new int[count];
    int[] starts = new int[count + 1];
    for (int run = 0; run < count; run++) {
      streams[run] = streamFirst + run;
      starts[run] = Math.max(0, rows.start(streamFirst + run) - range.from());
    }
    starts[count] = range.to() - range.from();
    return new StreamRuns(streams, starts);
  }

  void encode(ByteWriter out, ZstdContexts zstd, ZstdLevel level) {
    long[] steps = new long[count()];
    long[] lengths = new long[count()];
    int previous = first() - 1;
    for (int run = 0; run < count(); run++) {
      steps[run] = (long) streams[run] - previous;
      lengths[run] = (long) starts[run + 1] - starts[run];
      previous = streams[run];
    }
    LongColumn.encode(steps, count(), out, zstd, level);
    LongColumn.encode(lengths, count(), out, zstd, level);
  }

  /**
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static StreamRuns decode(ByteReader in, PageEntry page, ZstdContexts zstd) {
    int count = page.streamCount();
    long[] steps = LongColumn.decode(in, count, zstd);
    long[] lengths = LongColumn.decode(in, count, zstd);
    int[] streams = new int[count];
    int[] starts = new int[count + 1];
    long stream = page.streamFirst() - 1L;
    long rows = 0;
    for (int run = 0; run < count; run++) {
      stream += steps[run];
      boolean inOrder = run == 0 ? steps[run] == 1 : steps[run] > 0;
      if (!inOrder || stream < 0 || stream > page.streamLast()) {
        throw in.corrupt(
            "stream of page",
            page.streamFirst() + " to " + page.streamLast() + " ascending",
            stream);
      }
      streams[run] = (int) stream;
      rows += lengths[run];
      if (lengths[run] < 1 || rows > page.rowCount()) {
        throw in.corrupt("rows of stream", "1 to " + page.rowCount(), lengths[run]);
      }
      starts[run + 1] = (int) rows;
    }
    if (rows != page.rowCount() || stream != page.streamLast()) {
      throw in.corrupt("rows of all streams of page", page.rowCount(), rows);
    }
    in.requireEnd("stream column");
    return new StreamRuns(streams, starts);
  }

  int count() {
    return streams.length;
  }

  int first() {
    return streams[0];
  }

  int last() {
    return streams[streams.length - 1];
  }

  /** The segment's ordinal of a run's stream. */
  int stream(int run) {
    return streams[run];
  }

  int start(int run) {
    return starts[run];
  }

  int end(int run) {
    return starts[run + 1];
  }

  /** Where the run ends that a row is in. */
  int endOf(int row) {
    int found = Arrays.binarySearch(starts, 0, streams.length, row);
    return starts[found < 0 ? -found - 1 : found + 1];
  }

  /** For each row its run. */
  int[] runOfRow() {
    int[] runOfRow = new int[starts[streams.length]];
    for (int run = 1; run < streams.length; run++) {
      Arrays.fill(runOfRow, starts[run], starts[run + 1], run);
    }
    return runOfRow;
  }
}
