package dev.skald.logql.syntax;

import dev.skald.model.Matcher;
import java.util.List;

/** Which streams: all matchers must hold. In the order written. */
public record Selector(List<Matcher> matchers, Span span) {
  public Selector {
    matchers = List.copyOf(matchers);
  }
}
