package dev.skald.query.tail;

import dev.skald.protocol.query.TailFormat;

/**
 * What a client asks for.
 *
 * @param startEpochNanos where its look into the past begins
 * @param limit most entries of the past
 * @param delayNanos how long each entry is held back, so that later ones with earlier times can come before it
 */
public record TailRequest(
    String query, long startEpochNanos, int limit, long delayNanos, TailFormat format) {}
