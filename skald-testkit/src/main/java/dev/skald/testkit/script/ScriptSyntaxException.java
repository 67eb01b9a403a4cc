package dev.skald.testkit.script;

/** A text that is no script. The message starts with name and line. */
public final class ScriptSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScriptSyntaxException(String script, int line, String message) {
    super(script + ":" + line + ": " + message);
  }
}
