package dev.skald.testkit.script;

import dev.skald.model.Direction;
import java.util.List;

/**
 * What a script runs against: a store of entries that is empty at first, and queries over it in
 * the script's dialect. One target serves one script. It stores what it is given and adds
 * nothing: no level detection, no service names.
 *
 * <p>Times are nanoseconds since the epoch. A query that fails is an answer ({@link
 * ScriptAnswer.Failure}); what a method throws fails the test.
 */
public interface ScriptTarget {
  /**
   * Stores entries; when it returns queries see them. Called any number of times, before or between
   * queries.
   */
  void load(List<LoadedEntry> entries);

  /** Evaluates once. */
  ScriptAnswer evalInstant(String query, long timeEpochNanos);

  /** Evaluates at start, start + step, … up to and with end. */
  ScriptAnswer evalRange(String query, long startEpochNanos, long endEpochNanos, long stepNanos);

  /** Asks for at most {@code limit} entries in {@code [start, end)}. */
  ScriptAnswer evalLogs(
      String query, long startEpochNanos, long endEpochNanos, int limit, Direction direction);
}
