package dev.skald.storage.head;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.TenantId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tenant's batch as a record of the WAL; bytes: docs/format/wal.md#payload. */
public final class BatchCodec {
  private static final int VERSION = 1;
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
    Lines lines = batch.lines();
    ByteWriter out = new ByteWriter(256 + 64 * batch.streamCount() + 8 * (to - from));
    out.putByte(VERSION);
    out.putText(tenant.value());
    out.putVarint(batch.streamCount());
    for (int i = 0; i < batch.streamCount(); i++) {
      putLabels(out, batch.stream(i));
    }
    out.putVarint(batch.metadataCount() - 1);
    for (int i = 1; i < batch.metadataCount(); i++) {
      putLabels(out, batch.metadata(i));
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

  private static void putLabels(ByteWriter out, Labels labels) {
    out.putVarint(labels.size());
    for (Label label : labels.sorted()) {
      out.putText(label.name());
      out.putText(label.value());
    }
  }

  /** A value and how often it stands in a row, until all rows are told. */
  private static void putRuns(ByteWriter out, int[] values, int from, int to) {
    for (int row = from; row < to; ) {
      int end = row + 1;
      while (end < to && values[end] == values[row]) {
        end++;
      }
      out.putVarint(values[row]);
      out.putVarint(end - row);
      row = end;
    }
  }

  /**
   * @param payload backed by an array; its remaining bytes are read and copied, its position stays
   * @throws dev.skald.error.SkaldException CORRUPT if this is no batch that this version knows
   */
  public static Decoded decode(ByteBuffer payload) {
    int start = payload.arrayOffset() + payload.position();
    ByteReader in = new ByteReader(NAME, 0, payload.array(), start, start + payload.remaining());
    int version = in.readByte();
    if (version != VERSION) {
      throw in.corrupt("batch version", VERSION, version);
    }
    TenantId tenant = new TenantId(in.readText("tenant"));
    EntryBatch batch = new EntryBatch();
    int[] streams = new int[in.readCount("streams", in.remaining())];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = batch.stream(readLabels(in));
    }
    int[] metadata = new int[in.readCount("metadata sets", in.remaining()) + 1];
    for (int i = 1; i < metadata.length; i++) {
      metadata[i] = batch.metadataSet(readLabels(in));
    }
    readRows(in, batch, streams, metadata);
    return new Decoded(tenant, batch);
  }

  private static Labels readLabels(ByteReader in) {
    int count = in.readCount("labels", in.remaining());
    List<Label> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(new Label(in.readText("label name"), in.readText("label value")));
    }
    try {
      return count == 0 ? Labels.EMPTY : new Labels(labels);
    } catch (IllegalArgumentException e) {
      throw in.corrupt("labels", "names sorted", labels);
    }
  }

  private static void readRows(ByteReader in, EntryBatch batch, int[] streams, int[] metadata) {
    int rows = in.readCount("rows", in.remaining() / 2); // a time and a length at least
    int[] streamOf = readRuns(in, rows, streams, "stream");
    int[] metadataOf = readRuns(in, rows, metadata, "metadata set");
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
  private static int[] readRuns(ByteReader in, int rows, int[] values, String what) {
    int[] column = new int[rows];
    for (int row = 0; row < rows; ) {
      int index = in.readCount(what, values.length - 1);
      int run = in.readCount("run of " + what, rows - row);
      if (run == 0) {
        throw in.corrupt("run of " + what, "at least 1", run);
      }
      Arrays.fill(column, row, row + run, values[index]);
      row += run;
    }
    return column;
  }
}
