package dev.skald.storage.index;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.compress.ZstdLevel;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import java.util.List;

/** Writes a {@link StreamTable}; docs/format/index.md. */
public final class StreamTableWriter {
  private StreamTableWriter() {}

  /** Appends the table of these streams, which are in strictly ascending order. */
  public static void write(List<Labels> streams, ByteWriter out, ZstdContexts zstd) {
    write(StreamColumns.ofSorted(streams), out, zstd);
  }

  /** Appends the table of these streams. */
  public static void write(StreamColumns streams, ByteWriter out, ZstdContexts zstd) {
    if (streams.count() > StreamTableLayout.STREAMS_MAX) {
      throw new SkaldException(
          ErrorKind.LIMIT,
          "too many streams in a segment: %d, max %d",
          streams.count(),
          StreamTableLayout.STREAMS_MAX);
    }
    ByteWriter table = new ByteWriter(64 + streams.count() * 8);
    table.putVarint(streams.count());
    table.putVarint(streams.columnCount());
    streams.write(table);
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
}
