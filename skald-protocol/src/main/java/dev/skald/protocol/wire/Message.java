package dev.skald.protocol.wire;

import java.io.InputStream;

/**
 * A protobuf message by itself, as gRPC carries it.
 *
 * @param bytes how long it is as sent
 * @param body read once, not closed; ends with the message
 */
public record Message(ContentCoding coding, int bytes, InputStream body) {}
