package dev.skald.logql.syntax;

/** Tree to text (spec logql.md 14). */
public final class LogqlPrinter {
  private LogqlPrinter() {}

  /**
   * The canonical text on one line. Parsing it gives the same tree, spans aside; where the
   * canonical form would round (a size of 1.5GiB, {@code vector(0.0000001)}) the value is written
   * in full.
   */
  public static String print(Expr expr) {
    return new CompactPrinter(Spelling.EXACT, Integer.MAX_VALUE).write(expr).text();
  }

  /** A stage as it stands in {@link #print(Expr)}, from its {@code |} on. */
  public static String print(Stage stage) {
    return new CompactPrinter(Spelling.EXACT, Integer.MAX_VALUE).write(stage).text();
  }

  /**
   * As {@code format_query} answers: nodes longer than 100 characters are broken into lines. For
   * people: sizes are rounded.
   */
  public static String pretty(Expr expr) {
    return new PrettyPrinter().write(expr).text();
  }
}
