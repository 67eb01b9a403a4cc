package dev.skald.storage.compact;

import dev.skald.bytes.SeededHash;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.nio.charset.StandardCharsets;

/**
 * 64 bits for a row: labels, time, line, metadata. Equal rows have equal ones; who does not know the
 * seed cannot choose rows that collide.
 */
record RowHash(long seed) {
  long of(long streamHash, long epochNanos, byte[] lines, int start, int end, long metadataHash) {
    long hash = SeededHash.of(lines, start, end, seed);
    hash = SeededHash.and(hash, streamHash, seed);
    hash = SeededHash.and(hash, epochNanos, seed);
    return SeededHash.and(hash, metadataHash, seed);
  }

  long of(Labels labels) {
    long hash = labels.size();
    for (Label label : labels.sorted()) {
      hash = SeededHash.and(hash, of(label.name()), seed);
      hash = SeededHash.and(hash, of(label.value()), seed);
    }
    return hash;
  }

  private long of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
    return SeededHash.of(bytes, 0, bytes.length, seed);
  }
}
