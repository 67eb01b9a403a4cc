package dev.skald.ingest;

import dev.skald.protocol.push.PushSink;

/** A request that knows how to decode itself: the port for protocols other than Loki's push. */
@FunctionalInterface
public interface EntrySource {
  /**
   * Drives the sink through the whole request.
   *
   * @throws dev.skald.error.SkaldException if the request cannot be read; nothing of it is stored
   *     then
   */
  void decode(PushSink sink);
}
