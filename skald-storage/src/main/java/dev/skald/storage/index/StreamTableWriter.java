package dev.skald.storage.index;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a {@link StreamTable}; docs/format/index.md. */
public final class StreamTableWriter {
  private StreamTableWriter() {}

  /** Appends the table of these streams, which are in strictly ascending order. */
  public static void write(List<Labels> streams, ByteWriter out, ZstdContexts zstd) {
    if (streams.size() > StreamTableLayout.STREAMS_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "too many streams in a segment: %d, max %d",
          streams.size(),
          StreamTableLayout.STREAMS_MAX);
    }
    TreeMap<String, ColumnBuilder> columns = new TreeMap<>();
    for (int stream = 0; stream < streams.size(); stream++) {
      if (stream > 0 && streams.get(stream - 1).compareTo(streams.get(stream)) >= 0) {
        throw new IllegalArgumentException("streams not strictly sorted at " + stream);
      }
      for (Label label : streams.get(stream).sorted()) {
        columns
            .computeIfAbsent(label.name(), name -> new ColumnBuilder())
            .add(stream, label.value());
      }
    }
    ByteWriter table = new ByteWriter(64 + streams.size() * 8);
    table.putVarint(streams.size());
    table.putVarint(columns.size());
    columns.forEach((name, column) -> column.write(name, streams.size(), table));
    if (table.size() > StreamTableLayout.TABLE_BYTES_MAX) {
      throw new SkaldException(ErrorKind.LIMIT, "stream table of %d bytes", table.size());
    }
    compress(table, out, zstd);
  }

  private static void compress(ByteWriter table, ByteWriter out, ZstdContexts zstd) {
    int encodingAt = out.size();
    out.putByte(StreamTableLayout.ZSTD);
    out.putVarint(table.size());
    int start = out.skip(ZstdContexts.boundBytes(table.size()));
    int written =
        zstd.compress(ZstdLevel.COLUMNS, table.array(), 0, table.size(), out.array(), start);
    if (written < table.size()) {
      out.truncate(start + written);
    } else {
      out.array()[encodingAt] = StreamTableLayout.RAW;
      out.truncate(start);
      out.putBytes(table.array(), 0, table.size());
    }
  }

  /** One label's values as they come, and which stream has which. */
  private static final class ColumnBuilder {
    private final Map<String, Integer> valueIds = new HashMap<>();
    private long[] streams = new long[16];
    private long[] ids = new long[16];
    private int count;

    void add(int stream, String value) {
      Integer known = valueIds.putIfAbsent(value, valueIds.size());
      if (count == streams.length) {
        streams = Arrays.copyOf(streams, count * 2);
        ids = Arrays.copyOf(ids, count * 2);
      }
      streams[count] = stream;
      ids[count++] = known == null ? valueIds.size() - 1 : known;
    }

    void write(String name, int streamCount, ByteWriter out) {
      List<String> sorted = new ArrayList<>(valueIds.keySet());
      sorted.sort(null);
      long[] ordinalOfId = new long[sorted.size()];
      for (int ordinal = 0; ordinal < sorted.size(); ordinal++) {
        ordinalOfId[valueIds.getOrDefault(sorted.get(ordinal), 0)] = ordinal;
      }
      long[] ordinals = new long[count];
      for (int i = 0; i < count; i++) {
        ordinals[i] = ordinalOfId[(int) ids[i]];
      }
      LabelColumn.write(name, sorted, Arrays.copyOf(streams, count), ordinals, streamCount, out);
    }
  }
}
