/**
 * gRPC, as far as pushes need it: unary calls over HTTP/2 without TLS (github.com/grpc/grpc,
 * doc/PROTOCOL-HTTP2.md). {@link GrpcServer} listens, {@link GrpcFront} is Jetty's handler and knows the framing, {@link
 * GrpcCalls} which calls there are.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.server.grpc;
