package dev.skald.benchmarks;

import dev.skald.bytes.ByteWriter;
import dev.skald.model.EntryBatch;
import dev.skald.model.Lines;
import dev.skald.protocol.push.PushRequest;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A batch as the body of a push, as collectors send it: entries by stream. */
public enum PushBody {
  /** Protobuf in a snappy block. */
  PROTOBUF("application/x-protobuf") {
    @Override
    byte[] of(EntryBatch batch) {
      ByteWriter request = new ByteWriter(batch.rowCount());
      for (int stream = 0; stream < batch.streamCount(); stream++) {
        putField(request, 1, protobufStream(batch, stream));
      }
      return snappy(request.toByteArray());
    }
  },
  /** JSON as it is. */
  JSON("application/json") {
    @Override
    byte[] of(EntryBatch batch) {
      StringBuilder json = new StringBuilder("{\"streams\":[");
      for (int stream = 0; stream < batch.streamCount(); stream++) {
        json.append(stream == 0 ? "" : ",");
        jsonStream(batch, stream, json);
      }
      return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
  };

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Protobuf's wire types (protobuf.dev/programming-guides/encoding). */
  private static final int VARINT = 0;

  private static final int BYTES = 2;

  private final String contentType;

  PushBody(String contentType) {
    this.contentType = contentType;
  }

  abstract byte[] of(EntryBatch batch);

  PushRequest request(byte[] body) {
    return PushRequest.of(contentType, "", body, PushRequest.Shape.V1);
  }

  private static ByteWriter protobufStream(EntryBatch batch, int stream) {
    ByteWriter out = new ByteWriter(256);
    putField(out, 1, batch.stream(stream).toString().getBytes(StandardCharsets.UTF_8));
    Lines lines = batch.lines();
    for (int row = 0; row < batch.rowCount(); row++) {
      if (batch.streamOrdinals()[row] == stream) {
        long epochNanos = batch.timestampsEpochNanos()[row];
        ByteWriter time = new ByteWriter(16);
        putNumber(time, 1, epochNanos / NANOS_PER_SECOND);
        putNumber(time, 2, epochNanos % NANOS_PER_SECOND);
        ByteWriter entry = new ByteWriter(256);
        putField(entry, 1, time);
        putField(entry, 2, Arrays.copyOfRange(lines.bytes(), lines.start(row), lines.end(row)));
        putField(out, 2, entry);
      }
    }
    return out;
  }

  private static void putNumber(ByteWriter out, int field, long value) {
    out.putVarint((long) field << 3 | VARINT);
    out.putVarint(value);
  }

  private static void putField(ByteWriter out, int field, ByteWriter message) {
    putField(out, field, message.toByteArray());
  }

  private static void putField(ByteWriter out, int field, byte[] value) {
    out.putVarint((long) field << 3 | BYTES);
    out.putVarint(value.length);
    out.putBytes(value);
  }

  private static byte[] snappy(byte[] plain) {
    SnappyJavaCompressor compressor = new SnappyJavaCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
    return Arrays.copyOf(out, compressor.compress(plain, 0, plain.length, out, 0, out.length));
  }

  private static void jsonStream(EntryBatch batch, int stream, StringBuilder json) {
    json.append("{\"stream\":{");
    batch.stream(stream)
        .sorted()
        .forEach(l -> json.append("\"%s\":\"%s\",".formatted(l.name(), l.value())));
    json.setLength(json.length() - 1);
    json.append("},\"values\":[");
    Lines lines = batch.lines();
    for (int row = 0; row < batch.rowCount(); row++) {
      if (batch.streamOrdinals()[row] == stream) {
        int start = lines.start(row);
        String line =
            new String(lines.bytes(), start, lines.end(row) - start, StandardCharsets.UTF_8);
        json.append("[\"").append(batch.timestampsEpochNanos()[row]).append("\",\"");
        json.append(line.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"],");
      }
    }
    json.setLength(json.length() - 1);
    json.append("]}");
  }
}
