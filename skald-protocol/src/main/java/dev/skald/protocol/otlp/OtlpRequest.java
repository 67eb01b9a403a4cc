package dev.skald.protocol.otlp;

import java.io.InputStream;

/**
 * An export of logs as it arrived.
 *
 * @param contentType the header's value, empty if there is none
 * @param contentEncoding the header's value, empty if there is none
 * @param declaredBytes the {@code Content-Length}, or -1
 * @param body read once, not closed
 */
public record OtlpRequest(
    String contentType, String contentEncoding, long declaredBytes, InputStream body) {
  /** The content type of protobuf. */
  public static final String PROTOBUF = "application/x-protobuf";

  static final String JSON = "application/json";
}
