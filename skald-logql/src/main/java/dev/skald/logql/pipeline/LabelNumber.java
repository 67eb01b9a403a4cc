package dev.skald.logql.pipeline;

/** A label's value as a number, as unwrap reads it. */
public final class LabelNumber {
  private LabelNumber() {}

  /** NaN if the value is no number. */
  public static double of(String value) {
    byte[] bytes = ByteSlice.utf8(value);
    GoNumbers numbers = new GoNumbers();
    boolean isNumber = bytes.length > 0 && numbers.readFloat(bytes, 0, bytes.length) == null;
    return isNumber ? numbers.number : Double.NaN;
  }
}
