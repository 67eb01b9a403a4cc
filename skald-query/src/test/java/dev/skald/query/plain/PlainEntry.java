package dev.skald.query.plain;

import dev.skald.model.Labels;

/** An entry as pushed. */
record PlainEntry(long epochNanos, Labels stream, String line, Labels metadata) {
  /** Where it came from: rows of one origin are ordered by arrival, others are not. */
  Origin origin() {
    return new Origin(stream, metadata);
  }

  record Origin(Labels stream, Labels metadata) {}
}
