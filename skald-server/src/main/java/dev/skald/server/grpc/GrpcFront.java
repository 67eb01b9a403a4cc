package dev.skald.server.grpc;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.protocol.wire.ContentCoding;
import dev.skald.protocol.wire.Message;
import dev.skald.server.grpc.GrpcCalls.Answer;
import dev.skald.server.http.ErrorStatus;
import dev.skald.server.metrics.RequestMetrics;
import dev.skald.server.tenant.TenantGate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's handler: reads the one message of a unary call, writes the one of its answer and the
 * trailers. Runs on virtual threads; may block.
 *
 * <pre>
 * message on the wire   compressed:1 length:4 (big-endian) bytes:length
 * </pre>
 */
final class GrpcFront extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcFront.class);

  private static final String GRPC = "application/grpc";
  private static final int PREFIX_BYTES = 5;
  private static final String CODINGS = "identity,gzip,snappy,zstd";

  private final Ticker ticker;
  private final RequestMetrics metrics;
  private final TenantGate gate;
  private final GrpcCalls calls;

  GrpcFront(Ticker ticker, RequestMetrics metrics, TenantGate gate, GrpcCalls calls) {
    super(InvocationType.BLOCKING);
    this.ticker = ticker;
    this.metrics = metrics;
    this.gate = gate;
    this.calls = calls;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long startNanos = ticker.nowNanos();
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (!request.getMethod().equals("POST") || type == null || !type.startsWith(GRPC)) {
      response.setStatus(415);
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return true;
    }
    String path = Request.getPathInContext(request);
    Answer answer = answer(path, request);
    metrics.called(
        calls.isKnown(path) ? path : "notfound",
        answer.status().code() == GrpcStatus.Code.OK
            ? RequestMetrics.Result.SUCCESS
            : RequestMetrics.Result.ERROR,
        ticker.nowNanos() - startNanos,
        Math.max(0, request.getLength()),
        answer.message().length);
    write(answer, response, callback);
    return true;
  }

  private Answer answer(String path, Request request) {
    if (!calls.isKnown(path)) {
      return Answer.failed(GrpcStatus.Code.UNIMPLEMENTED, "unknown method " + path);
    }
    try {
      Optional<String> tenant = header(request, "X-Scope-OrgID");
      return calls.answer(path, () -> gate.tenant(tenant), message(request));
    } catch (SkaldException e) {
      int status = ErrorStatus.of(e.kind());
      if (status == 500) {
        LOG.error("{} failed", path, e);
      }
      return Answer.failed(GrpcStatus.ofHttp(status), e.getMessage().strip());
    } catch (IOException e) {
      return Answer.failed(GrpcStatus.Code.CANCELLED, "message could not be read: " + e);
    } catch (RuntimeException | StackOverflowError e) {
      metrics.panicked();
      LOG.error("{} failed on a bug of ours", path, e);
      return Answer.failed(GrpcStatus.Code.INTERNAL, "internal error: " + e);
    }
  }

  private static Optional<String> header(Request request, String name) {
    HttpField field = request.getHeaders().getField(name);
    return field == null ? Optional.empty() : Optional.ofNullable(field.getValue());
  }

  private static Message message(Request request) throws IOException {
    InputStream body = Content.Source.asInputStream(request);
    byte[] prefix = body.readNBytes(PREFIX_BYTES);
    if (prefix.length < PREFIX_BYTES) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "a call without a message");
    }
    ByteBuffer read = ByteBuffer.wrap(prefix);
    boolean isCompressed = read.get() != 0;
    int length = read.getInt();
    if (length < 0) {
      throw new SkaldException(
          ErrorKind.TOO_LARGE, "message too large: bytes=%d", Integer.toUnsignedLong(length));
    }
    ContentCoding coding =
        isCompressed
            ? coding(header(request, "grpc-encoding").orElse("identity"))
            : ContentCoding.IDENTITY;
    return new Message(coding, length, new MessageStream(body, length));
  }

  private static ContentCoding coding(String name) {
    return switch (name) {
      case "identity" -> ContentCoding.IDENTITY;
      case "gzip" -> ContentCoding.GZIP;
      case "snappy" -> ContentCoding.SNAPPY_FRAMED;
      case "zstd" -> ContentCoding.ZSTD;
      default ->
          throw SkaldException.of(
              ErrorKind.UNSUPPORTED, "grpc-encoding " + name + " is none of " + CODINGS);
    };
  }

  /** A call that failed has its status among the headers, and nothing behind them. */
  private static void write(Answer answer, Response response, Callback callback) {
    GrpcStatus status = answer.status();
    HttpFields.Mutable ending = HttpFields.build();
    ending.put("grpc-status", Integer.toString(status.code().number()));
    if (!status.message().isEmpty()) {
      ending.put("grpc-message", status.encodedMessage());
    }
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, GRPC);
    response.getHeaders().put("grpc-accept-encoding", CODINGS);
    if (status.code() != GrpcStatus.Code.OK) {
      ending.forEach(response.getHeaders()::put);
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return;
    }
    response.setTrailersSupplier(() -> ending);
    ByteBuffer message = ByteBuffer.allocate(PREFIX_BYTES + answer.message().length);
    message.put((byte) 0).putInt(answer.message().length).put(answer.message()).flip();
    response.write(true, message, callback);
  }
}
