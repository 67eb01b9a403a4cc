package dev.skald.testkit.script;

/** Answers that are not as expected; the message lists them all, each with name and line. */
public final class ScriptFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  ScriptFailure(String message) {
    super(message);
  }
}
