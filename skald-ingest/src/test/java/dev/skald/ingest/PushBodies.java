package dev.skald.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Request bodies of both kinds from the same streams. */
final class PushBodies {
  private PushBodies() {}

  /** A stream as it is sent; labels are names and values. */
  record Sent(Map<String, String> labels, List<SentEntry> entries) {
    static Sent of(Map<String, String> labels, SentEntry... entries) {
      return new Sent(labels, List.of(entries));
    }
  }

  record SentEntry(long timestampEpochNanos, String line, Map<String, String> metadata) {
    static SentEntry of(long timestampEpochNanos, String line) {
      return new SentEntry(timestampEpochNanos, line, Map.of());
    }
  }

  static byte[] json(List<Sent> streams) {
    List<Object> out =
        streams.stream()
            .<Object>map(
                s ->
                    Map.of(
                        "stream",
                        s.labels(),
                        "values",
                        s.entries().stream().map(PushBodies::value).toList()))
            .toList();
    return new JsonTree(Map.of("streams", out)).toJson().getBytes(UTF_8);
  }

  private static List<Object> value(SentEntry entry) {
    return List.of(
        Long.toString(entry.timestampEpochNanos()),
        entry.line(),
        new LinkedHashMap<>(entry.metadata()));
  }

  static byte[] protobuf(List<Sent> streams) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Sent stream : streams) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      field(message, 1, labelText(stream.labels()).getBytes(UTF_8));
      for (SentEntry entry : stream.entries()) {
        field(message, 2, entry(entry));
      }
      field(out, 1, message.toByteArray());
    }
    return snappy(out.toByteArray());
  }

  private static String labelText(Map<String, String> labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(name)
                .append('=')
                .append(dev.skald.model.Quoted.of(value)));
    return text.append('}').toString();
  }

  private static byte[] entry(SentEntry entry) {
    ByteArrayOutputStream time = new ByteArrayOutputStream();
    time.write(1 << 3);
    varint(time, Math.floorDiv(entry.timestampEpochNanos(), 1_000_000_000L));
    time.write(2 << 3);
    varint(time, Math.floorMod(entry.timestampEpochNanos(), 1_000_000_000L));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, 1, time.toByteArray());
    field(out, 2, entry.line().getBytes(UTF_8));
    entry
        .metadata()
        .forEach(
            (name, value) -> {
              ByteArrayOutputStream pair = new ByteArrayOutputStream();
              field(pair, 1, name.getBytes(UTF_8));
              field(pair, 2, value.getBytes(UTF_8));
              field(out, 3, pair.toByteArray());
            });
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write(number << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static byte[] snappy(byte[] plain) {
    SnappyJavaCompressor compressor = new SnappyJavaCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
    return Arrays.copyOf(out, compressor.compress(plain, 0, plain.length, out, 0, out.length));
  }
}
