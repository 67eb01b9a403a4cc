package dev.skald.server.http;

import dev.skald.query.tail.TailTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * A web socket that a tail sends to. What clients send is read, so that a close is noticed, and
 * otherwise not heeded. A client that takes nothing for {@value #WRITE_SECONDS_MAX} s is cut off.
 */
final class TailSocket implements FrameHandler, TailTarget {
  private static final int WRITE_SECONDS_MAX = 30;

  /** Messages beyond are sent, and taken, in several frames. */
  private static final int FRAME_BYTES_MAX = 64 << 10;

  /** A close frame has 125 bytes, two of them for the code. */
  private static final int REASON_BYTES_MAX = 123;

  private final Consumer<TailSocket> whenOpen;
  private volatile @Nullable CoreSession session;
  private volatile boolean closed;

  TailSocket(Consumer<TailSocket> whenOpen) {
    this.whenOpen = whenOpen;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    opened.setIdleTimeout(Duration.ZERO); // pings go out each second, and fail when nobody is there
    opened.setMaxFrameSize(FRAME_BYTES_MAX);
    opened.setAutoFragment(true);
    session = opened;
    callback.succeeded();
    opened.demand();
    whenOpen.accept(this);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    CoreSession open = session;
    if (open == null) {
      callback.succeeded();
      return;
    }
    switch (frame.getOpCode()) {
      case OpCode.PING -> {
        Frame pong = new Frame(OpCode.PONG, true, BufferUtil.copy(frame.getPayload()));
        open.sendFrame(pong, Callback.NOOP, false);
        callback.succeeded();
        open.demand();
      }
      case OpCode.CLOSE -> {
        closed = true;
        callback.succeeded(); // the session answers it
      }
      default -> {
        callback.succeeded();
        open.demand();
      }
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    closed = true;
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    closed = true;
    callback.succeeded();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void send(byte[] frame) throws IOException {
    send(new Frame(OpCode.TEXT, true, ByteBuffer.wrap(frame)));
  }

  @Override
  public void ping() throws IOException {
    send(new Frame(OpCode.PING, true, BufferUtil.EMPTY_BUFFER));
  }

  private void send(Frame frame) throws IOException {
    CoreSession open = session;
    if (closed || open == null) {
      throw new IOException("the client has gone");
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    open.sendFrame(
        frame, Callback.from(() -> sent.complete(null), sent::completeExceptionally), false);
    try {
      sent.get(WRITE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the client takes nothing", e);
    } catch (ExecutionException e) {
      throw new IOException("the client has gone: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Closes with 1011 and a reason, cut to what a close frame holds. */
  void end(String reason) {
    CoreSession open = session;
    if (open != null && !closed) {
      String text = reason;
      while (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > REASON_BYTES_MAX) {
        text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
      }
      open.close(CloseStatus.SERVER_ERROR, text, Callback.NOOP);
    }
  }

  void abort() {
    CoreSession open = session;
    if (open != null) {
      open.abort();
    }
  }
}
