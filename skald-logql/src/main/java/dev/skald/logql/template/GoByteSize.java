package dev.skald.logql.template;

import java.util.Map;

/** Sizes in bytes with units: {@code 1.5 KiB}, {@code 10mb}, {@code 1,024}. */
final class GoByteSize {
  private static final Map<String, Double> UNITS =
      Map.ofEntries(
          Map.entry("", 1.0),
          Map.entry("b", 1.0),
          Map.entry("k", 1e3),
          Map.entry("kb", 1e3),
          Map.entry("m", 1e6),
          Map.entry("mb", 1e6),
          Map.entry("g", 1e9),
          Map.entry("gb", 1e9),
          Map.entry("t", 1e12),
          Map.entry("tb", 1e12),
          Map.entry("p", 1e15),
          Map.entry("pb", 1e15),
          Map.entry("e", 1e18),
          Map.entry("eb", 1e18),
          Map.entry("ki", 0x1p10),
          Map.entry("kib", 0x1p10),
          Map.entry("mi", 0x1p20),
          Map.entry("mib", 0x1p20),
          Map.entry("gi", 0x1p30),
          Map.entry("gib", 0x1p30),
          Map.entry("ti", 0x1p40),
          Map.entry("tib", 0x1p40),
          Map.entry("pi", 0x1p50),
          Map.entry("pib", 0x1p50),
          Map.entry("ei", 0x1p60),
          Map.entry("eib", 0x1p60));

  private GoByteSize() {}

  /**
   * @return a whole number of bytes
   * @throws TemplateFailure if there is no number in front, the unit is unknown, or it is 2^64 or
   *     more
   */
  static double parse(String text) {
    int end = 0;
    while (end < text.length() && isNumeric(text.charAt(end))) {
      end++;
    }
    double number = GoNumberText.parseFloat(text.substring(0, end).replace(",", ""));
    String unit = GoText.lower(GoText.trimSpace(text.substring(end)));
    Double factor = UNITS.get(unit);
    if (factor == null) {
      throw new TemplateFailure("unhandled size name: " + unit);
    }
    double bytes = number * factor;
    if (bytes >= 0x1p64) {
      throw new TemplateFailure("too large: " + text);
    }
    return Math.floor(bytes);
  }

  private static boolean isNumeric(char c) {
    return c == '.' || c == ',' || Character.isDigit(c);
  }
}
