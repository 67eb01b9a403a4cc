package dev.skald.query.tail;

import dev.skald.model.Labels;

/** An entry that a client did not get. */
record Dropped(long timestampEpochNanos, Labels stream) {}
