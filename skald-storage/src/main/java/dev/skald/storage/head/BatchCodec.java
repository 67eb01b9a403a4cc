package dev.skald.storage.head;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.EntryBatch;
import dev.skald.model.Lines;
import dev.skald.model.SharedLabels;
import dev.skald.model.TenantId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A tenant's batch as a record of the WAL; bytes: docs/format/wal.md#payload. */
public final class BatchCodec {
  private static final int VERSION = 2;

  /** Each label set whole, and streams of rows by their index; read, no longer written. */
  private static final int VERSION_PLAIN = 1;

  private static final String NAME = "wal batch";

  private BatchCodec() {}

  /** A batch that was read back. */
  public record Decoded(TenantId tenant, EntryBatch batch) {}

  /**
   * Rows {@code from} (inclusive) to {@code to} (exclusive) of a batch.
   *
   * @return two parts that belong together: columns, and the lines as a view of the batch's own
   *     bytes
   */
  public static ByteBuffer[] encode(TenantId tenant, EntryBatch batch, int from, int to) {
    int bytes = 256 + 32 * batch.streamCount() + 12 * (to - from);
    return encode(tenant, batch, from, to, new ByteWriter(bytes));
  }

  /**
   * The same.
   *
   * @param out for the columns; what was in it is forgotten, and what is returned is a view of it
   */
  public static ByteBuffer[] encode(
      TenantId tenant, EntryBatch batch, int from, int to, ByteWriter out) {
    Lines lines = batch.lines();
    out.clear();
    out.putByte(VERSION);
    out.putText(tenant.value());
    out.putVarint(batch.streamCount());
    LabelSetCodec streams = new LabelSetCodec();
    for (int i = 0; i < batch.streamCount(); i++) {
      streams.put(batch.stream(i), out);
    }
    out.putVarint(batch.metadataCount() - 1);
    LabelSetCodec metadata = new LabelSetCodec();
    for (int i = 1; i < batch.metadataCount(); i++) {
      metadata.put(batch.metadata(i), out);
    }
    out.putVarint(to - from);
    putRuns(out, batch.streamOrdinals(), from, to);
    putRuns(out, batch.metadataOrdinals(), from, to);
    long previous = 0;
    for (int row = from; row < to; row++) {
      long timestamp = batch.timestampsEpochNanos()[row];
      out.putSignedVarint(timestamp - previous);
      previous = timestamp;
    }
    for (int row = from; row < to; row++) {
      out.putVarint(lines.end(row) - lines.start(row));
    }
    int start = lines.offsets()[from];
    return new ByteBuffer[] {
      out.view(), ByteBuffer.wrap(lines.bytes(), start, lines.offsets()[to] - start)
    };
  }

  /**
   * A value, as the difference to the one before, and how often it stands in a row, until all rows
   * are told.
   */
  private static void putRuns(ByteWriter out, int[] values, int from, int to) {
    int before = 0;
    for (int row = from; row < to; ) {
      int end = row + 1;
      while (end < to && values[end] == values[row]) {
        end++;
      }
      out.putSignedVarint((long) values[row] - before);
      out.putVarint(end - row);
      before = values[row];
      row = end;
    }
  }

  /**
   * @param payload backed by an array; its remaining bytes are read and copied, its position stays
   * @param shared makes one object of labels that many streams have
   * @throws dev.skald.error.SkaldException CORRUPT if this is no batch that this version knows
   */
  public static Decoded decode(ByteBuffer payload, SharedLabels shared) {
    int start = payload.arrayOffset() + payload.position();
    ByteReader in = new ByteReader(NAME, 0, payload.array(), start, start + payload.remaining());
    int version = in.readByte();
    if (version != VERSION && version != VERSION_PLAIN) {
      throw in.corrupt("batch version", VERSION_PLAIN + " or " + VERSION, version);
    }
    boolean plain = version == VERSION_PLAIN;
    TenantId tenant = new TenantId(in.readText("tenant"));
    EntryBatch batch = new EntryBatch();
    int[] streams = new int[in.readCount("streams", in.remaining())];
    LabelSetCodec sets = new LabelSetCodec();
    for (int i = 0; i < streams.length; i++) {
      streams[i] =
          batch.stream(plain ? LabelSetCodec.readPlain(in, shared) : sets.read(in, shared));
    }
    int[] metadata = new int[in.readCount("metadata sets", in.remaining()) + 1];
    sets = new LabelSetCodec();
    for (int i = 1; i < metadata.length; i++) {
      metadata[i] =
          batch.metadataSet(plain ? LabelSetCodec.readPlain(in, shared) : sets.read(in, shared));
    }
    readRows(in, batch, plain, streams, metadata);
    return new Decoded(tenant, batch);
  }

  private static void readRows(
      ByteReader in, EntryBatch batch, boolean plain, int[] streams, int[] metadata) {
    int rows = in.readCount("rows", in.remaining() / 2); // a time and a length at least
    int[] streamOf = readRuns(in, rows, plain, streams, "stream");
    int[] metadataOf = readRuns(in, rows, plain, metadata, "metadata set");
    long[] timestamps = new long[rows];
    long previous = 0;
    for (int row = 0; row < rows; row++) {
      previous += in.readSignedVarint();
      timestamps[row] = previous;
    }
    int[] ends = new int[rows];
    long length = 0;
    for (int row = 0; row < rows; row++) {
      length += in.readCount("line length", in.remaining());
      if (length > in.remaining()) {
        throw in.corrupt("bytes of lines", "at most " + in.remaining(), length);
      }
      ends[row] = (int) length;
    }
    if (length != in.remaining()) {
      throw in.corrupt("bytes of lines", length, in.remaining());
    }
    int start = in.position();
    int from = start;
    for (int row = 0; row < rows; row++) {
      int end = start + ends[row];
      batch.add(streamOf[row], timestamps[row], in.array(), from, end, metadataOf[row]);
      from = end;
    }
  }

  /** For each row one of {@code values}. */
  private static int[] readRuns(ByteReader in, int rows, boolean plain, int[] values, String what) {
    int[] column = new int[rows];
    int index = 0;
    for (int row = 0; row < rows; ) {
      index = plain ? in.readCount(what, values.length - 1) : next(in, index, values.length, what);
      int run = in.readCount("run of " + what, rows - row);
      if (run == 0) {
        throw in.corrupt("run of " + what, "at least 1", run);
      }
      Arrays.fill(column, row, row + run, values[index]);
      row += run;
    }
    return column;
  }

  private static int next(ByteReader in, int before, int count, String what) {
    long index = before + in.readSignedVarint();
    if (index < 0 || index >= count) {
      throw in.corrupt(what, "0 to " + (count - 1), index);
    }
    return (int) index;
  }
}
