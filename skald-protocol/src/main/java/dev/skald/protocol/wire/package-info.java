/**
 * Bytes of requests: content codings, pooled buffers, protobuf's wire format, JSON input. Shared by the rooms that read
 * a protocol; knows no message of any. Start with {@link BodyDecoder}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.protocol.wire;
