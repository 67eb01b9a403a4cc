package dev.skald.logql.syntax;

import dev.skald.model.Matcher;
import java.math.BigDecimal;

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

  /**
   * {@code __timestamp__ >= 1704000000}: the entry's own time, unless it has a label of that name.
   *
   * @param number as written; its size tells its unit, see {@link #epochNanos}
   */
  record Timestamp(Comparison comparison, BigDecimal number) implements LabelCondition {
    /** The label that stands for the entry's time. */
    public static final String NAME = "__timestamp__";

    public Timestamp {
      number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    /** What is compared with; beyond 64 bits the nearest that fits. */
    public long epochNanos() {
      return TimeNumber.epochNanos(number);
    }

    /** The condition for entries that have such a label. */
    public Numeric ofLabel() {
      return new Numeric(NAME, comparison, number.doubleValue());
    }
  }

  /**
   * {@code __timestamp__ >= "2024-01-01T00:00:00Z"}: the entry's own time, unless it has a label of
   * that name.
   *
   * @param text a time as RFC 3339 writes it
   */
  record TimestampText(Comparison comparison, String text) implements LabelCondition {
    /** What is compared with; beyond 64 bits the nearest that fits. */
    public long epochNanos() {
      return TimeNumber.epochNanos(text).orElseThrow();
    }
  }

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
