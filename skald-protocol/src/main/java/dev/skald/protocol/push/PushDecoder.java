package dev.skald.protocol.push;

import dev.skald.protocol.wire.BodyBuffers;
import dev.skald.protocol.wire.BodyDecoder;
import dev.skald.protocol.wire.BodyLimits;
import dev.skald.protocol.wire.BufferPool;
import dev.skald.protocol.wire.ContentCoding;
import dev.skald.protocol.wire.GrowingBytes;
import dev.skald.protocol.wire.Message;
import dev.skald.protocol.wire.SnappyBlock;

/**
 * Decodes push requests: reads the body, undoes its compression, walks it and drives a {@link
 * PushSink}. Safe for concurrent use. The buffers of a request are given back when {@link #decode}
 * returns or throws.
 */
public final class PushDecoder {
  private static final String JSON = "application/json";

  private final BodyLimits limits;
  private final BufferPool pool;

  public PushDecoder(BodyLimits limits, BufferPool pool) {
    this.limits = limits;
    this.pool = pool;
  }

  /**
   * A {@code PushRequest} message by itself, not in a snappy block.
   *
   * @throws dev.skald.error.SkaldException as {@link #decode(PushRequest, PushSink)}
   */
  public void decode(Message message, PushSink sink) {
    try (BodyBuffers buffers = pool.lease()) {
      BodyDecoder.read(message.coding(), message.bytes(), message.body(), limits, buffers);
      GrowingBytes body = buffers.current();
      sink.expect(body.length());
      ProtobufPush.decode(body.array(), body.length(), new MetadataPairs(), sink);
    }
  }

  /**
   * JSON by its content type, anything else is protobuf in a snappy block.
   *
   * @throws dev.skald.error.SkaldException BAD_REQUEST if the body is malformed, TOO_LARGE if it is
   *     beyond a limit, UNAVAILABLE if too much is in flight, CANCELLED if the body cannot be read
   *     to its end; or what the sink throws
   */
  public void decode(PushRequest request, PushSink sink) {
    String type = MediaType.parse(request.contentType());
    try (BodyBuffers buffers = pool.lease()) {
      BodyDecoder.read(
          ContentCoding.parse(request.contentEncoding()),
          request.declaredBytes(),
          request.body(),
          limits,
          buffers);
      if (type.equals(JSON)) {
        GrowingBytes body = buffers.current();
        sink.expect(body.length());
        JsonEntry entry = new JsonEntry(buffers.text(), new MetadataPairs());
        JsonPush.decode(body.array(), body.length(), request.shape(), entry, sink);
      } else {
        SnappyBlock.inflate(buffers.current(), buffers.other(), limits.inflatedBytesMax());
        buffers.swap();
        GrowingBytes body = buffers.current();
        sink.expect(body.length());
        ProtobufPush.decode(body.array(), body.length(), new MetadataPairs(), sink);
      }
    }
  }
}
