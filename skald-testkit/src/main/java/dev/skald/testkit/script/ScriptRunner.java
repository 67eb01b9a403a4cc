package dev.skald.testkit.script;

import dev.skald.model.Entry;
import dev.skald.model.QueryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs scripts: loads what they load, asks what they ask, compares. */
public final class ScriptRunner {
  /**
   * 2026-01-01T00:00:00Z: a multiple of every usual step, so that aligned range queries do not
   * shift.
   */
  public static final long ORIGIN_EPOCH_NANOS = 1_767_225_600_000_000_000L;

  private final long originEpochNanos;

  /** With the usual origin. */
  public ScriptRunner() {
    this(ORIGIN_EPOCH_NANOS);
  }

  /** @param originEpochNanos what 0s is in a script */
  public ScriptRunner(long originEpochNanos) {
    this.originEpochNanos = originEpochNanos;
  }

  /**
   * Runs a script to its end.
   *
   * @param target empty; not used again
   * @throws ScriptFailure if an answer is not as expected; it lists all of them
   */
  public void run(Script script, ScriptTarget target) {
    List<String> failures = new ArrayList<>();
    for (Statement statement : script.statements()) {
      switch (statement) {
        case Statement.Load load -> target.load(absolute(load.entries()));
        case Statement.Eval eval -> {
          String place = script.name() + ":" + eval.line() + ": ";
          mismatch(eval, target)
              .ifPresent(what -> failures.add(place + eval.text() + "\n" + what.indent(2)));
        }
      }
    }
    if (!failures.isEmpty()) {
      throw new ScriptFailure(String.join("\n", failures));
    }
  }

  private List<LoadedEntry> absolute(List<LoadedEntry> entries) {
    List<LoadedEntry> moved = new ArrayList<>(entries.size());
    for (LoadedEntry loaded : entries) {
      Entry entry = loaded.entry();
      long time = originEpochNanos + entry.timestampEpochNanos();
      moved.add(
          new LoadedEntry(
              loaded.stream(), new Entry(time, entry.line(), entry.structuredMetadata())));
    }
    return moved;
  }

  private Optional<String> mismatch(Statement.Eval eval, ScriptTarget target) {
    ScriptAnswer answer =
        switch (eval.evaluation()) {
          case Evaluation.Instant(String query, long time) ->
              target.evalInstant(query, originEpochNanos + time);
          case Evaluation.Range(String query, long start, long end, long step) ->
              target.evalRange(query, originEpochNanos + start, originEpochNanos + end, step);
          case Evaluation.Logs(String query, long start, long end, int limit, var direction) ->
              target.evalLogs(
                  query, originEpochNanos + start, originEpochNanos + end, limit, direction);
        };
    return switch (answer) {
      case ScriptAnswer.Failure(String message) -> failure(message, eval.expectation());
      case ScriptAnswer.Success(QueryResult result) ->
          new AnswerComparison(originEpochNanos, eval.evaluation())
              .mismatch(result, eval.expectation());
    };
  }

  private static Optional<String> failure(String message, Expectation expectation) {
    if (!(expectation instanceof Expectation.Fails(var text, String wanted))) {
      return Optional.of("failed: " + message);
    }
    boolean fits =
        switch (text) {
          case ANY -> true;
          case PART -> message.contains(wanted);
          case WHOLE -> message.equals(wanted);
        };
    return fits
        ? Optional.empty()
        : Optional.of("expected failure: " + wanted + "\nactual failure:   " + message);
  }
}
