package dev.skald.server.http;

import dev.skald.query.tail.TailPlan;

/** An answer that goes on. */
record TailAnswer(TailPlan plan, Transport transport) implements Answer {
  /** How its frames travel. */
  enum Transport {
    WEB_SOCKET,
    /** Lines of JSON in a response that does not end; Skald's own. */
    JSON_LINES
  }
}
