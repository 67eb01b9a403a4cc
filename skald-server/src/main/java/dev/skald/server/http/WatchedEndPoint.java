package dev.skald.server.http;

import dev.skald.clock.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection of which one can ask, while its request is worked on, whether the client is still there.
 *
 * <p>Nobody reads from a connection then, and a socket tells only those who read that its other end was closed. So
 * {@link #clientHasGone} reads. What it finds is the beginning of the client's next request, kept for {@link #fill},
 * which hands it over before anything newer. A client that has closed its sending side alone counts as gone: servers
 * cannot tell it from one that has closed both.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
  /** Looks are system calls; workers ask more often. */
  private static final long LOOK_EVERY_NANOS = 20_000_000;

  /** More of a next request stays in the socket; that the client leaves behind it is not seen. */
  private static final int AHEAD_BYTES_MAX = 4 << 10;

  private final Ticker ticker;
  private final AtomicLong nextLookNanos;
  private volatile boolean gone;

  /** Read, and not handed over; guarded by itself. In flush mode. */
  private final ByteBuffer ahead = BufferUtil.allocate(AHEAD_BYTES_MAX);

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Ticker ticker) {
    super(channel, selector, key, scheduler);
    this.ticker = ticker;
    nextLookNanos = new AtomicLong(ticker.nowNanos());
  }

  /**
   * Whether the client has closed the connection, as known some milliseconds ago. For the time between the last byte of
   * a request and the first of its answer; any thread.
   */
  boolean clientHasGone() {
    if (gone || !isOpen()) {
      return true;
    }
    long now = ticker.nowNanos();
    long next = nextLookNanos.get();
    if (now - next >= 0 && nextLookNanos.compareAndSet(next, now + LOOK_EVERY_NANOS)) {
      gone = look();
    }
    return gone;
  }

  private boolean look() {
    synchronized (ahead) {
      if (BufferUtil.space(ahead) == 0) {
        return false;
      }
      int position = BufferUtil.flipToFill(ahead);
      try {
        return getChannel().read(ahead) < 0;
      } catch (IOException e) {
        return true; // reset by the client
      } finally {
        BufferUtil.flipToFlush(ahead, position);
      }
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (ahead) {
      if (ahead.hasRemaining()) {
        return BufferUtil.append(buffer, ahead);
      }
      return super.fill(buffer);
    }
  }

  @Override
  protected void needsFillInterest() {
    boolean hasBytes;
    synchronized (ahead) {
      hasBytes = ahead.hasRemaining();
    }
    if (hasBytes) {
      getFillInterest().fillable();
    } else {
      super.needsFillInterest();
    }
  }
}
