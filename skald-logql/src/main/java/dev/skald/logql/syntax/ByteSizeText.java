package dev.skald.logql.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Byte sizes in a query's text: unsigned 64 bit (spec logql.md 2.9 and 14). */
final class ByteSizeText {
  private static final String UNITS = "kMGTPE";
  private static final Map<String, BigDecimal> MULTIPLES =
      Map.ofEntries(
          Map.entry("B", BigDecimal.ONE),
          Map.entry("k", BigDecimal.valueOf(1_000L)),
          Map.entry("K", BigDecimal.valueOf(1_000L)),
          Map.entry("M", BigDecimal.valueOf(1_000_000L)),
          Map.entry("G", BigDecimal.valueOf(1_000_000_000L)),
          Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
          Map.entry("ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)));

  private ByteSizeText() {}

  /**
   * @param number a number as {@link NumberScan} found it
   * @param unit what follows it
   * @return the size cut to whole bytes; empty if this is no size
   */
  static OptionalLong parse(String number, String unit) {
    boolean hasTrailingB = unit.length() > 1 && unit.endsWith("B");
    BigDecimal multiple = MULTIPLES.get(hasTrailingB ? unit.substring(0, unit.length() - 1) : unit);
    if (multiple == null || unit.equals("BB")) {
      return OptionalLong.empty();
    }
    double value;
    try {
      value = NumberText.parse(number);
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
    boolean isDecimal = number.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    BigDecimal exact = isDecimal ? new BigDecimal(withDigits(number)) : new BigDecimal(value);
    BigInteger bytes = exact.multiply(multiple).toBigInteger();
    return bytes.bitLength() > 64 ? OptionalLong.empty() : OptionalLong.of(bytes.longValue());
  }

  private static String withDigits(String number) {
    return "0" + number + (number.endsWith(".") ? "0" : "");
  }

  /** Rounded for people, powers of 1000: {@code 512B}, {@code 1.6GB}, {@code 20kB}. */
  static String humanised(long unsignedBytes) {
    BigDecimal bytes = new BigDecimal(Long.toUnsignedString(unsignedBytes));
    if (bytes.compareTo(BigDecimal.TEN) < 0) {
      return bytes.toPlainString() + "B";
    }
    int power = (bytes.precision() - 1) / 3;
    double tenths = Math.floor(bytes.movePointLeft(3 * power).doubleValue() * 10 + 0.5) / 10;
    String digits = String.format(Locale.ROOT, tenths < 10 ? "%.1f" : "%.0f", tenths);
    return digits + (power == 0 ? "" : UNITS.charAt(power - 1)) + "B";
  }

  /** Loses nothing: the humanised form where it says all, else the number of bytes. */
  static String exact(long unsignedBytes) {
    if (unsignedBytes == 0) {
      // 0B would begin a binary number
      return "0kB";
    }
    String bytes = Long.toUnsignedString(unsignedBytes);
    int power = 0;
    String number = bytes;
    while (power < 4 && number.endsWith("000")) {
      number = number.substring(0, number.length() - 3);
      power++;
    }
    return number + (power == 0 ? "" : UNITS.charAt(power - 1)) + "B";
  }
}
