package dev.skald.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A number of bytes. Units are binary and any case: {@code B}, {@code KB} = {@code KiB} = {@code K} = 1024 bytes,
 * {@code MB}, {@code GB}, {@code TB}; a bare number is bytes.
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  public static final ByteSize ZERO = new ByteSize(0);
  private static final String UNITS = "KMGT";
  private static final long KIBI = 1024;

  /**
   * Reads {@code 262144}, {@code 256KB}, {@code 1.5MB}.
   *
   * @throws IllegalArgumentException if the text is anything else, or beyond 2^63 - 1 bytes
   */
  public static ByteSize parse(String text) {
    String trimmed = text.strip();
    int unitAt = trimmed.length();
    while (unitAt > 0 && Character.isLetter(trimmed.charAt(unitAt - 1))) {
      unitAt--;
    }
    String number = trimmed.substring(0, unitAt).strip().replace("_", "");
    long factor = factor(trimmed.substring(unitAt).toUpperCase(Locale.ROOT), text);
    try {
      BigDecimal bytes = new BigDecimal(number).multiply(BigDecimal.valueOf(factor));
      return new ByteSize(bytes.setScale(0, RoundingMode.HALF_UP).longValueExact());
    } catch (ArithmeticException | NumberFormatException _) {
      throw new IllegalArgumentException("not a size in bytes: " + text);
    }
  }

  private static long factor(String unit, String text) {
    if (unit.isEmpty() || unit.equals("B")) {
      return 1;
    }
    int power = UNITS.indexOf(unit.charAt(0));
    String rest = unit.substring(1);
    if (power < 0 || !(rest.isEmpty() || rest.equals("B") || rest.equals("IB"))) {
      throw new IllegalArgumentException("not a size in bytes: " + text);
    }
    long factor = KIBI;
    for (int i = 0; i < power; i++) {
      factor *= KIBI;
    }
    return factor;
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** The largest unit that divides it: {@code 256KB}, {@code 1536KB}, {@code 0B}. */
  @Override
  public String toString() {
    long value = bytes;
    int power = 0;
    while (value != 0 && value % KIBI == 0 && power < UNITS.length()) {
      value /= KIBI;
      power++;
    }
    return value + (power == 0 ? "B" : UNITS.charAt(power - 1) + "B");
  }
}
