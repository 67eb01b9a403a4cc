package dev.skald.query.tail;

import java.io.IOException;

/** Where a tail sends to: one client. Called by one thread. */
public interface TailTarget {
  /**
   * Sends a frame of JSON; returns when the next one may come.
   *
   * @throws IOException if the client has gone
   */
  void send(byte[] frame) throws IOException;

  /**
   * Shows the client, and whatever stands between, that the tail is alive.
   *
   * @throws IOException if the client has gone
   */
  void ping() throws IOException;

  /** Whether the client has gone. */
  boolean isClosed();
}
