package dev.skald.testkit.script;

import dev.skald.model.Direction;

/** How a query is asked. Times are nanoseconds from the script's origin. */
sealed interface Evaluation {
  String query();

  record Instant(String query, long timeNanos) implements Evaluation {}

  record Range(String query, long startNanos, long endNanos, long stepNanos) implements Evaluation {
    int steps() {
      return Math.toIntExact((endNanos - startNanos) / stepNanos + 1);
    }
  }

  record Logs(String query, long startNanos, long endNanos, int limit, Direction direction)
      implements Evaluation {}
}
