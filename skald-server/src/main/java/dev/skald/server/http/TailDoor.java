package dev.skald.server.http;

import dev.skald.error.SkaldException;
import dev.skald.query.tail.Tail;
import dev.skald.query.tail.TailPlan;
import dev.skald.query.tail.TailService;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries tails over web sockets (RFC 6455), and as lines of JSON. */
final class TailDoor {
  private static final Logger LOG = LoggerFactory.getLogger(TailDoor.class);

  private final TailService tails;
  private final Executor threads;
  private final Handshaker handshaker = Handshaker.newInstance();

  /**
   * @param threads where tails run, which wait; owned by the caller
   */
  TailDoor(TailService tails, Executor threads) {
    this.tails = tails;
    this.threads = threads;
  }

  /** What web sockets need of a server, before it starts. */
  static void prepare(Server server) {
    WebSocketServerComponents.ensureWebSocketComponents(server);
  }

  /**
   * Completes the callback, now or at the end of the tail.
   *
   * @throws SkaldException before anything is sent, as {@link TailService#open}
   */
  void answer(TailAnswer answer, Request request, Response response, Callback callback) {
    switch (answer.transport()) {
      case WEB_SOCKET -> upgrade(answer.plan(), request, response, callback);
      case JSON_LINES -> stream(answer.plan(), request, response, callback);
    }
  }

  private void upgrade(TailPlan plan, Request request, Response response, Callback callback) {
    WebSocketComponents components =
        WebSocketServerComponents.getWebSocketComponents(
            request.getConnectionMetaData().getConnector().getServer());
    boolean upgraded =
        handshaker.upgradeRequest(
            (_, given, _) -> negotiate(plan, given), request, response, callback, components, null);
    if (!upgraded) {
      Response.writeError(request, response, callback, 400, "Bad Request");
    }
  }

  /** Nothing is compressed: the frames of a tail are small, and compressors are not. */
  private FrameHandler negotiate(TailPlan plan, ServerUpgradeResponse given) {
    given.setExtensions(List.of());
    return new TailSocket(socket -> threads.execute(() -> run(plan, socket)));
  }

  private void run(TailPlan plan, TailSocket socket) {
    try (Tail tail = tails.open(plan)) {
      socket.end(tail.run(socket));
    } catch (SkaldException e) {
      socket.end(e.getMessage());
    } catch (IOException e) {
      LOG.debug("a tail ended: {}", e.getMessage(), e);
      socket.abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      socket.end("the server is stopping");
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("a tail failed on a bug of ours", e);
      socket.end("internal error: " + e);
    }
  }

  private void stream(TailPlan plan, Request request, Response response, Callback callback) {
    try (Tail tail = tails.open(plan)) {
      response.setStatus(200);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, TailEndpoint.JSON_LINES);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
      try (JsonLines lines = new JsonLines(Content.Sink.asOutputStream(response), request)) {
        lines.end(tail.run(lines));
      }
      callback.succeeded();
    } catch (IOException e) {
      LOG.debug("a tail ended: {}", e.getMessage(), e);
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    }
  }
}
