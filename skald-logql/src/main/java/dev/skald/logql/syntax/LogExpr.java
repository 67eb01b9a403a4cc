package dev.skald.logql.syntax;

import java.util.List;

/** A selector and the stages behind it. */
public record LogExpr(Selector selector, List<Stage> stages, Span span) implements Expr {
  public LogExpr {
    stages = List.copyOf(stages);
  }
}
