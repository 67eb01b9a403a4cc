package dev.skald.protocol.query;

import dev.skald.model.Direction;
import java.util.List;

/**
 * How the answer to a query is to be written.
 *
 * @param encodingFlags as asked for by X-Loki-Response-Encoding-Flags, echoed; empty when there was none
 * @param direction order of a log query's entries
 */
public record ResponseFormat(List<String> encodingFlags, Direction direction) {
  public static final String CATEGORIZE_LABELS = "categorize-labels";

  public ResponseFormat {
    encodingFlags = List.copyOf(encodingFlags);
  }

  boolean categorizesLabels() {
    return encodingFlags.contains(CATEGORIZE_LABELS);
  }
}
