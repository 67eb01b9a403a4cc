/**
 * Loki's push requests, from the bytes on the wire to calls on a {@link
 * dev.skald.protocol.push.PushSink}: content coding, snappy protobuf, JSON in both shapes, label
 * text. No object per entry, no {@code String} per line. Knows no tenants and no limits but those
 * of size. Start with {@link dev.skald.protocol.push.PushDecoder}; what is accepted: the pages on
 * Loki's HTTP API, sections 2.1 to 2.4.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.protocol.push;
