package dev.skald.testkit.script;

import dev.skald.model.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers queries from a table, and writes down what it was asked. */
final class CannedTarget implements ScriptTarget {
  final List<LoadedEntry> loaded = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  private final Map<String, ScriptAnswer> answers;

  CannedTarget(Map<String, ScriptAnswer> answers) {
    this.answers = answers;
  }

  @Override
  public void load(List<LoadedEntry> entries) {
    loaded.addAll(entries);
  }

  @Override
  public ScriptAnswer evalInstant(String query, long timeEpochNanos) {
    return answer(query, "instant " + timeEpochNanos);
  }

  @Override
  public ScriptAnswer evalRange(
      String query, long startEpochNanos, long endEpochNanos, long stepNanos) {
    return answer(query, "range " + startEpochNanos + " " + endEpochNanos + " " + stepNanos);
  }

  @Override
  public ScriptAnswer evalLogs(
      String query, long startEpochNanos, long endEpochNanos, int limit, Direction direction) {
    return answer(
        query, "logs " + startEpochNanos + " " + endEpochNanos + " " + limit + " " + direction);
  }

  private ScriptAnswer answer(String query, String how) {
    asked.add(how + " " + query);
    ScriptAnswer answer = answers.get(query);
    return answer == null ? new ScriptAnswer.Failure("no answer to " + query) : answer;
  }
}
