package dev.skald.logql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selector and the stages behind it.
 *
 * @param order null: by time, in the request's direction
 */
public record LogExpr(Selector selector, List<Stage> stages, @Nullable Ordering order, Span span)
    implements Expr {
  public LogExpr {
    stages = List.copyOf(stages);
  }

  /** In the request's order. */
  public LogExpr(Selector selector, List<Stage> stages, Span span) {
    this(selector, stages, null, span);
  }
}
