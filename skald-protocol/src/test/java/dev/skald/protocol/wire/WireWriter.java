package dev.skald.protocol.wire;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes protobuf, plainly. */
public final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public WireWriter varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  public WireWriter number(int field, long value) {
    return varint((long) field << 3 | WireCursor.VARINT).varint(value);
  }

  /** Eight bytes. */
  public WireWriter fixed64(int field, long value) {
    varint((long) field << 3 | WireCursor.FIXED64);
    for (int i = 0; i < Long.BYTES; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }

  /** Four bytes. */
  public WireWriter fixed32(int field, int value) {
    varint((long) field << 3 | WireCursor.FIXED32);
    for (int i = 0; i < Integer.BYTES; i++) {
      out.write(value >>> (8 * i));
    }
    return this;
  }

  public WireWriter bytes(int field, byte[] value) {
    varint((long) field << 3 | WireCursor.BYTES).varint(value.length);
    out.writeBytes(value);
    return this;
  }

  public WireWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  public WireWriter message(int field, WireWriter value) {
    return bytes(field, value.bytes());
  }

  public WireWriter raw(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  public static WireWriter timestamp(long epochNanos) {
    return new WireWriter()
        .number(1, Math.floorDiv(epochNanos, 1_000_000_000L))
        .number(2, Math.floorMod(epochNanos, 1_000_000_000L));
  }

  public static WireWriter entry(long epochNanos, byte[] line, Map<String, String> metadata) {
    WireWriter entry = new WireWriter().message(1, timestamp(epochNanos)).bytes(2, line);
    metadata.forEach((k, v) -> entry.message(3, new WireWriter().text(1, k).text(2, v)));
    return entry;
  }

  public static byte[] snappy(byte[] plain) {
    SnappyJavaCompressor compressor = new SnappyJavaCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
    return Arrays.copyOf(out, compressor.compress(plain, 0, plain.length, out, 0, out.length));
  }
}
