/**
 * OpenTelemetry logs (opentelemetry.io, "OTLP Specification" and logs.proto), as protobuf and as JSON. JSON is first
 * written as protobuf, so that there is one reading of a request: {@link LogsWalk}. What becomes a label, what becomes
 * structured metadata and what is dropped say {@link OtlpRules}. Start with {@link OtlpDecoder}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.protocol.otlp;
