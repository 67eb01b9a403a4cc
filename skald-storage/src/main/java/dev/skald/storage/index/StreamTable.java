package dev.skald.storage.index;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.MatcherTest;
import dev.skald.model.StreamSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a segment, numbered from 0 in the order of their labels, as one column per label
 * name: matchers are asked of a column's distinct values, and the column then says which streams
 * have those. So there are no posting lists to keep: the column is all of them at once, at some
 * bits per stream. Immutable; safe for concurrent use.
 */
public final class StreamTable implements StreamSpace {
  /**
   * With more label names than this it is noted for each stream which it has; else all are asked.
   */
  private static final int COLUMNS_ASKED_MAX = 32;

  private final int streamCount;
  private final List<LabelColumn> columns;

  /**
   * Stream {@code s} has columns {@code columnsOf[starts[s] .. starts[s + 1])}; empty if all are
   * asked.
   */
  private final int[] columnsOf;

  private final int[] columnsOfStarts;

  private StreamTable(int streamCount, List<LabelColumn> columns) {
    this.streamCount = streamCount;
    this.columns = columns;
    if (columns.size() <= COLUMNS_ASKED_MAX) {
      columnsOf = new int[0];
      columnsOfStarts = new int[0];
    } else {
      int[] starts = new int[streamCount + 1];
      columns.forEach(column -> column.forEachStream(stream -> starts[stream + 1]++));
      for (int i = 1; i <= streamCount; i++) {
        starts[i] += starts[i - 1];
      }
      int[] next = starts.clone();
      int[] listed = new int[starts[streamCount]];
      for (int c = 0; c < columns.size(); c++) {
        int column = c;
        columns.get(c).forEachStream(stream -> listed[next[stream]++] = column);
      }
      columnsOf = listed;
      columnsOfStarts = starts;
    }
  }

  /**
   * Reads what {@link StreamTableWriter} wrote, to the reader's end.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  public static StreamTable read(ByteReader in, ZstdContexts zstd) {
    int encoding = in.readByte();
    int tableBytes = in.readCount("size of stream table", StreamTableLayout.TABLE_BYTES_MAX);
    byte[] table =
        switch (encoding) {
          case StreamTableLayout.RAW -> {
            byte[] raw = in.readBytes(tableBytes);
            yield Arrays.copyOf(raw, tableBytes + BitPacking.SLACK_BYTES);
          }
          case StreamTableLayout.ZSTD ->
              zstd.read(in, in.remaining(), tableBytes, BitPacking.SLACK_BYTES);
          default -> throw in.corrupt("encoding of stream table", "0 or 1", encoding);
        };
    in.requireEnd("stream table");
    return readTable(in.nested(table, tableBytes));
  }

  private static StreamTable readTable(ByteReader in) {
    int streamCount = in.readCount("streams", StreamTableLayout.STREAMS_MAX);
    int columnCount = in.readCount("label names", in.remaining());
    List<LabelColumn> columns = new ArrayList<>(columnCount);
    for (int i = 0; i < columnCount; i++) {
      LabelColumn column = LabelColumn.read(in, streamCount);
      if (i > 0 && columns.getLast().name().compareTo(column.name()) >= 0) {
        throw in.corrupt("label names", "after " + columns.getLast().name(), column.name());
      }
      columns.add(column);
    }
    in.requireEnd("label columns");
    return new StreamTable(streamCount, columns);
  }

  public int streamCount() {
    return streamCount;
  }

  /** The labels of a stream; made anew at each call. */
  public Labels labels(int stream) {
    if (stream < 0 || stream >= streamCount) {
      throw new IndexOutOfBoundsException(stream + " of " + streamCount + " streams");
    }
    List<Label> labels = new ArrayList<>();
    if (columns.size() <= COLUMNS_ASKED_MAX) {
      columns.forEach(column -> addLabel(column, stream, labels));
    } else {
      for (int i = columnsOfStarts[stream]; i < columnsOfStarts[stream + 1]; i++) {
        addLabel(columns.get(columnsOf[i]), stream, labels);
      }
    }
    return new Labels(labels);
  }

  private static void addLabel(LabelColumn column, int stream, List<Label> labels) {
    int ordinal = column.ordinal(stream);
    if (ordinal >= 0) {
      labels.add(new Label(column.name(), column.values().get(ordinal)));
    }
  }

  /**
   * Checks what asking relies on and reading does not look at: streams and each label's values are
   * in strictly ascending order, and each value is some stream's.
   *
   * @param problems told of each thing that is not so
   */
  public void check(Consumer<String> problems) {
    Labels previous = null;
    for (int stream = 0; stream < streamCount; stream++) {
      Labels labels = labels(stream);
      if (previous != null && previous.compareTo(labels) >= 0) {
        problems.accept("stream %d: %s stands before %s".formatted(stream, previous, labels));
      }
      previous = labels;
    }
    columns.forEach(column -> column.check(problems));
  }

  @Override
  public Labels stream(int number) {
    return labels(number);
  }

  /** From the label's column: a stream's other labels are not looked at. */
  @Override
  public Values values(String name, int count) {
    LabelColumn column = column(name);
    return column == null ? StreamSpace.NONE : column;
  }

  /** Streams that pass all tests; a missing label counts as the empty string. */
  public StreamSet select(List<MatcherTest> tests) {
    BitSet selected = new BitSet(streamCount);
    selected.set(0, streamCount);
    for (MatcherTest test : tests) {
      LabelColumn column = column(test.matcher().name());
      if (column != null) {
        selected.and(column.select(test));
      } else if (!test.test("")) {
        return StreamSet.empty();
      }
    }
    return new StreamSet(selected);
  }

  /** Adds the names of labels that any of these streams has. */
  public void addNames(StreamSet streams, Set<String> names) {
    for (LabelColumn column : columns) {
      if (!names.contains(column.name()) && column.anyOf(streams)) {
        names.add(column.name());
      }
    }
  }

  /** The values that these streams have for a label, the empty one left out; ascending. */
  public List<String> values(String name, StreamSet streams) {
    LabelColumn column = column(name);
    return column == null ? List.of() : column.values(streams);
  }

  private @Nullable LabelColumn column(String name) {
    int low = 0;
    int high = columns.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = columns.get(middle).name().compareTo(name);
      if (order == 0) {
        return columns.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
