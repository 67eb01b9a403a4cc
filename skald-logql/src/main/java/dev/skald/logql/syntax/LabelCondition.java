package dev.skald.logql.syntax;

import dev.skald.model.Matcher;

/** The condition of a label filter. */
public sealed interface LabelCondition {
  /** {@code a="x"}, {@code a=~"x"}. */
  record Text(Matcher matcher) implements LabelCondition {}

  /** {@code a > 5}. */
  record Numeric(String name, Comparison comparison, double value) implements LabelCondition {}

  /** {@code a > 5s}. */
  record Duration(String name, Comparison comparison, long nanos) implements LabelCondition {}

  /** {@code a > 5MB}; {@code bytes} is unsigned. */
  record Bytes(String name, Comparison comparison, long bytes) implements LabelCondition {}

  /** {@code a = ip("10.0.0.0/8")}; the comparison is EQUAL or NOT_EQUAL. */
  record Ip(String name, Comparison comparison, String pattern) implements LabelCondition {}

  /** Both are evaluated, left first. */
  record And(LabelCondition left, LabelCondition right) implements LabelCondition {}

  /** Right is skipped when left holds. */
  record Or(LabelCondition left, LabelCondition right) implements LabelCondition {}

  /** {@code =} and {@code ==} are one. */
  enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String text;

    Comparison(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
