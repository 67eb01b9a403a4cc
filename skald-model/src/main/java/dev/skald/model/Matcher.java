package dev.skald.model;

/** A condition on one label; a missing label counts as the empty string. Regular expressions are RE2, anchored. */
public record Matcher(String name, Op op, String value) {
  /** How the value is compared. */
  public enum Op {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public static Matcher equal(String name, String value) {
    return new Matcher(name, Op.EQUAL, value);
  }

  /** As LogQL prints it: {@code app=~"web.*"}. */
  @Override
  public String toString() {
    return name + op.text() + Quoted.of(value);
  }
}
