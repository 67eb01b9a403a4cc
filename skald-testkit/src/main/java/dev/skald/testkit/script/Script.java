package dev.skald.testkit.script;

import java.util.List;

/**
 * A parsed script; immutable. Times in it are nanoseconds from the script's origin, which the
 * runner chooses.
 */
public final class Script {
  private final String name;
  private final Dialect dialect;
  private final List<Statement> statements;

  /** The language of a script's queries. */
  public enum Dialect {
    LOKI,
    /** With what docs/language/extensions.md describes. */
    SKALD
  }

  Script(String name, Dialect dialect, List<Statement> statements) {
    this.name = name;
    this.dialect = dialect;
    this.statements = List.copyOf(statements);
  }

  /**
   * @param name as failures show it, in front of the line number
   * @throws ScriptSyntaxException with name and line
   */
  public static Script parse(String name, String text) {
    return new ScriptParser(name, text).script();
  }

  public String name() {
    return name;
  }

  /** What the script's target has to understand. */
  public Dialect dialect() {
    return dialect;
  }

  List<Statement> statements() {
    return statements;
  }

  /** The name: scripts are parameters of tests. */
  @Override
  public String toString() {
    return name;
  }
}
