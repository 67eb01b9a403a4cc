package dev.skald.protocol.otlp;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.protocol.push.PushSink;
import dev.skald.protocol.wire.BodyBuffers;
import dev.skald.protocol.wire.BodyDecoder;
import dev.skald.protocol.wire.BodyLimits;
import dev.skald.protocol.wire.BufferPool;
import dev.skald.protocol.wire.ContentCoding;
import dev.skald.protocol.wire.GrowingBytes;
import dev.skald.protocol.wire.Message;

/**
 * Decodes exports of logs and drives a {@link PushSink} (the page on Loki's HTTP API, 2.9). Safe
 * for concurrent use; the buffers of a request are given back when {@link #decode} ends.
 */
public final class OtlpDecoder {
  /** The words of the reference, whose JSON reader shows what is around a fault: nothing. */
  private static final String EMPTY_BODY =
      "ReadObject: expect { or , or } or n, but found \0, error found in #0 byte of ...||...,"
          + " bigger context ...||...";

  private final BodyLimits limits;
  private final BufferPool pool;

  public OtlpDecoder(BodyLimits limits, BufferPool pool) {
    this.limits = limits;
    this.pool = pool;
  }

  /**
   * @param nowEpochNanos the time of records that have none
   * @throws SkaldException BAD_REQUEST if the body is malformed, TOO_LARGE if it is beyond a limit,
   *     UNAVAILABLE if too much is in flight, CANCELLED if the body cannot be read to its end; or
   *     what the sink throws
   */
  public void decode(OtlpRequest request, OtlpRules rules, long nowEpochNanos, PushSink sink) {
    boolean isJson =
        switch (request.contentType()) {
          case OtlpRequest.JSON -> true;
          case OtlpRequest.PROTOBUF -> false;
          default ->
              throw SkaldException.of(
                  ErrorKind.BAD_REQUEST,
                  "content type: " + request.contentType() + " is not supported");
        };
    ContentCoding coding = coding(request.contentEncoding());
    try (BodyBuffers buffers = pool.lease()) {
      BodyDecoder.read(coding, request.declaredBytes(), request.body(), limits, buffers);
      if (isJson) {
        if (buffers.current().length() == 0) {
          throw SkaldException.of(ErrorKind.BAD_REQUEST, EMPTY_BODY);
        }
        OtlpJson.toProtobuf(buffers.current(), buffers.other());
        buffers.swap();
      }
      walk(buffers, rules, nowEpochNanos, sink);
    }
  }

  /**
   * An {@code ExportLogsServiceRequest} message by itself.
   *
   * @throws SkaldException as {@link #decode(OtlpRequest, OtlpRules, long, PushSink)}
   */
  public void decode(Message message, OtlpRules rules, long nowEpochNanos, PushSink sink) {
    try (BodyBuffers buffers = pool.lease()) {
      BodyDecoder.read(message.coding(), message.bytes(), message.body(), limits, buffers);
      walk(buffers, rules, nowEpochNanos, sink);
    }
  }

  private static void walk(
      BodyBuffers buffers, OtlpRules rules, long nowEpochNanos, PushSink sink) {
    GrowingBytes body = buffers.current();
    sink.expect(body.length());
    new LogsWalk(body.array(), body.length(), rules, nowEpochNanos, buffers.text(), sink).request();
  }

  private static ContentCoding coding(String header) {
    return switch (header) {
      case "" -> ContentCoding.IDENTITY;
      case "gzip" -> ContentCoding.GZIP;
      case "zstd" -> ContentCoding.ZSTD;
      case "lz4" -> ContentCoding.LZ4;
      default ->
          throw SkaldException.of(
              ErrorKind.BAD_REQUEST,
              "unsupported content encoding " + header + ": only gzip, lz4 and zstd are supported");
    };
  }
}
