package dev.skald.logql.pipeline;

import dev.skald.logql.syntax.MetricExpr;

/** The unwrap at the end of a pipeline (spec logql.md 6.15), and what becomes of its label. */
public record Unwrapping(MetricExpr.Unwrap unwrap, Label label) {
  /** The label after its value was taken. */
  public enum Label {
    /** It is no label of the sample: no grouping, or {@code without (..)}. */
    REMOVED,
    /** It stays: {@code by (..)} may name it. */
    KEPT
  }
}
