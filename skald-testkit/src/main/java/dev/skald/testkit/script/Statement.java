package dev.skald.testkit.script;

import java.util.List;

/** A step of a script; {@code line} is where it starts, from 1. */
sealed interface Statement {
  int line();

  /** Entries to be stored together, their times from the script's origin. */
  record Load(int line, List<LoadedEntry> entries) implements Statement {
    public Load {
      entries = List.copyOf(entries);
    }
  }

  /** @param text as written, for messages */
  record Eval(int line, String text, Evaluation evaluation, Expectation expectation)
      implements Statement {}
}
