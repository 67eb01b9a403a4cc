package dev.skald.protocol.query;

import java.util.List;

/**
 * How the frames of a tail are written.
 *
 * @param shape which JSON is meant
 * @param encodingFlags as asked for by X-Loki-Response-Encoding-Flags, echoed; empty when there was none
 */
public record TailFormat(Shape shape, List<String> encodingFlags) {
  /** The two JSON shapes: that of {@code /loki/api/v1/tail}, and that of {@code /api/prom/tail}. */
  public enum Shape {
    V1,
    LEGACY
  }

  public TailFormat {
    encodingFlags = List.copyOf(encodingFlags);
  }

  boolean categorizesLabels() {
    return shape == Shape.V1 && encodingFlags.contains(ResponseFormat.CATEGORIZE_LABELS);
  }
}
