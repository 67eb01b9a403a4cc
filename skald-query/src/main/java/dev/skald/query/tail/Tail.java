package dev.skald.query.tail;

import java.io.IOException;

/** A tail that may run: it holds one of its tenant's places until closed. */
public interface Tail extends AutoCloseable {
  /**
   * Sends the past and then what comes. Blocks until the tail ends.
   *
   * @return why it ended
   * @throws IOException if the client has gone
   * @throws dev.skald.error.SkaldException if the past cannot be read
   */
  String run(TailTarget target) throws IOException, InterruptedException;

  /** Closing twice is harmless. */
  @Override
  void close();
}
