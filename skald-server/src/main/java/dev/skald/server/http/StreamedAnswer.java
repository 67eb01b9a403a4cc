package dev.skald.server.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An answer with status 200 that is made while it is sent.
 *
 * @param body called once, when status and headers are decided
 */
record StreamedAnswer(String contentType, Body body) implements Answer {
  /** Writes the body. */
  @FunctionalInterface
  interface Body {
    /**
     * @param out blocks while the client does not read; the caller closes it
     * @throws IOException if the client has gone
     * @throws dev.skald.error.SkaldException if no more can be made: the connection is cut then, so that the client sees
     *     that its answer is not whole
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
