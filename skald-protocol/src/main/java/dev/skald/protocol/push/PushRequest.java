package dev.skald.protocol.push;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * A push as it arrived.
 *
 * @param contentType the header's value, empty if there is none
 * @param contentEncoding the header's value, empty if there is none
 * @param declaredBytes the {@code Content-Length}, or -1
 * @param body read once, not closed
 * @param shape which JSON is meant; protobuf is the same for both
 */
public record PushRequest(
    String contentType, String contentEncoding, long declaredBytes, InputStream body, Shape shape) {

  /** The two JSON shapes: that of {@code /loki/api/v1/push}, and that of {@code /api/prom/push}. */
  public enum Shape {
    V1,
    LEGACY
  }

  /** A body that is in memory already. */
  public static PushRequest of(
      String contentType, String contentEncoding, byte[] body, Shape shape) {
    return new PushRequest(
        contentType, contentEncoding, body.length, new ByteArrayInputStream(body), shape);
  }
}
