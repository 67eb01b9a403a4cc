package dev.skald.logql.syntax;

/** The key that a {@code logfmt} expression asks for: bare, or in quotes (spec logql.md 6.5). */
public record LogfmtKey(String key) {
  /**
   * @throws ExpressionException if the expression is no key
   */
  public static LogfmtKey parse(String expression) throws ExpressionException {
    PathScan in = new PathScan(expression, "KEY");
    boolean isKey = in.kind() == PathScan.Kind.STRING || in.kind() == PathScan.Kind.NAME;
    if (!isKey) {
      boolean isStray = in.kind() != PathScan.Kind.END;
      throw isStray
          ? new ExpressionException("unexpected char " + in.take())
          : in.unexpected(PathScan.Kind.STRING, PathScan.Kind.NAME);
    }
    String key = in.take();
    switch (in.kind()) {
      case DOT, OPEN, CLOSE -> throw new ExpressionException("unexpected char " + in.take());
      default -> in.expectEnd();
    }
    return new LogfmtKey(key);
  }
}
