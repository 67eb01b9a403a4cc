package dev.skald.protocol.otlp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The body of an error: {@code google.rpc.Status} in protobuf with nothing but its message, as Loki writes it. */
public final class RpcStatus {
  private static final int MESSAGE_TAG = 2 << 3 | 2;

  private RpcStatus() {}

  public static byte[] of(String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 6);
    out.write(MESSAGE_TAG);
    int rest = text.length;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    out.writeBytes(text);
    return out.toByteArray();
  }
}
