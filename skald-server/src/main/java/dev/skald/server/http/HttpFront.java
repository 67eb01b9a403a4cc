package dev.skald.server.http;

import dev.skald.clock.Ticker;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.server.metrics.RequestMetrics;
import dev.skald.server.tenant.TenantGate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's handler: finds the route, lets its endpoint answer, writes the reply. Runs on virtual threads; may block. */
final class HttpFront extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  /** Smaller replies are not worth compressing. */
  private static final int GZIP_BYTES_MIN = 1024;

  /** So much of a refused body is read and thrown away. */
  private static final long REFUSED_BYTES_MAX = 16 << 20;

  /** A form is in memory whole, so Skald takes none beyond this, whatever is configured. */
  static final int FORM_BYTES_MAX = 10 << 20;

  /** Whether clients that accept gzip get it. */
  enum Compression {
    GZIP,
    NONE
  }

  private final Ticker ticker;
  private final RequestMetrics metrics;
  private final Routes routes;
  private final TenantGate gate;
  private final TailDoor tails;
  private final Compression compression;
  private final int formBytesMax;

  HttpFront(
      Ticker ticker,
      RequestMetrics metrics,
      Routes routes,
      TenantGate gate,
      TailDoor tails,
      Compression compression,
      int formBytesMax) {
    super(InvocationType.BLOCKING);
    this.ticker = ticker;
    this.metrics = metrics;
    this.routes = routes;
    this.gate = gate;
    this.tails = tails;
    this.compression = compression;
    this.formBytesMax = formBytesMax;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    long startNanos = ticker.nowNanos();
    String method = request.getMethod();
    Optional<Routes.Found> found = routes.find(method, request.getHttpURI().getPath());
    String route = found.map(f -> Routes.metricName(f.route().template())).orElse("notfound");
    metrics.started(method, route);
    long requestBytes = Math.max(request.getLength(), 0);
    switch (answer(request, found)) {
      case Reply whole -> {
        if (whole.status() >= 400) {
          discardRest(request);
        }
        Reply reply = compressed(request, whole);
        long nanos = ticker.nowNanos() - startNanos;
        metrics.finished(method, route, reply.status(), nanos, requestBytes, reply.body().length);
        write(reply, response, callback);
      }
      case TailAnswer tail -> {
        Runnable count =
            () -> {
              long nanos = ticker.nowNanos() - startNanos;
              metrics.finished(method, route, response.getStatus(), nanos, requestBytes, 0);
            };
        try {
          tails.answer(tail, request, response, Callback.from(callback, count));
        } catch (SkaldException e) {
          write(ErrorReply.of(e), response, Callback.from(callback, count));
        }
      }
      case StreamedAnswer streamed -> {
        Compression wanted = acceptsGzip(request) ? compression : Compression.NONE;
        StreamedWrite.End end = new StreamedWrite(response).send(route, streamed, wanted);
        long nanos = ticker.nowNanos() - startNanos;
        metrics.finished(method, route, end.status(), nanos, requestBytes, end.sentBytes());
        if (end.failure() == null) {
          callback.succeeded();
        } else {
          callback.failed(end.failure());
        }
      }
    }
    return true;
  }

  private Answer answer(Request request, Optional<Routes.Found> found) {
    if (found.isEmpty()) {
      return Reply.error(404, "404 page not found\n");
    }
    Routes.Route route = found.get().route();
    if (!route.allows(request.getMethod())) {
      return Reply.empty(405);
    }
    try {
      Routes.Found match = found.get();
      return route
          .endpoint()
          .answer(new JettyExchange(request, match.matched(), gate, formBytesMax));
    } catch (SkaldException e) {
      if (e.kind() == ErrorKind.CANCELLED) {
        LOG.info("{} {} cancelled: {}", request.getMethod(), route.template(), e.getMessage());
      } else if (ErrorReply.status(e.kind()) == 500) {
        LOG.error("{} {} failed", request.getMethod(), route.template(), e);
      }
      return ErrorReply.of(e);
    } catch (IOException e) {
      LOG.debug("{} {} ended by the client", request.getMethod(), route.template(), e);
      return Reply.error(499, "the request was cancelled by the client");
    } catch (RuntimeException | StackOverflowError e) {
      metrics.panicked();
      LOG.error("{} {} failed on a bug of ours", request.getMethod(), route.template(), e);
      return Reply.error(500, "internal error: " + e);
    }
  }

  /**
   * Reads what a refused client is still sending, within bounds: closed over unread bytes, its
   * connection would be reset, and the client would see that in place of the answer.
   */
  private static void discardRest(Request request) {
    try (InputStream rest = Content.Source.asInputStream(request)) {
      byte[] some = new byte[8192];
      long left = REFUSED_BYTES_MAX;
      for (int read = 0; left > 0 && read >= 0; left -= read) {
        read = rest.read(some);
      }
    } catch (IOException e) {
      LOG.debug("{} {} ended by the client", request.getMethod(), request.getHttpURI(), e);
    }
  }

  private static boolean acceptsGzip(Request request) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip");
  }

  private Reply compressed(Request request, Reply reply) {
    boolean wanted =
        compression == Compression.GZIP
            && reply.status() == 200 // clients show compressed errors as they are
            && reply.body().length >= GZIP_BYTES_MIN
            && acceptsGzip(request);
    if (!wanted) {
      return reply;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(reply.body().length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(reply.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // memory does not fail
    }
    return new Reply(reply.status(), reply.contentType(), reply.headers(), out.toByteArray())
        .with("Content-Encoding", "gzip")
        .with("Vary", "Accept-Encoding");
  }

  private static void write(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    if (reply.contentType() != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
    }
    for (Map.Entry<String, String> header : reply.headers().entrySet()) {
      response.getHeaders().put(header.getKey(), header.getValue());
    }
    if (reply.status() != 204) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    }
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }
}
