package dev.skald.server.http;

import java.io.IOException;

/** What answers at one route. Called on a virtual thread; may block. */
@FunctionalInterface
interface Endpoint {
  /**
   * @throws dev.skald.error.SkaldException becomes an error reply, see {@link ErrorReply}
   * @throws IOException if the client went away while its body was read
   */
  Answer answer(Exchange exchange) throws IOException;
}
