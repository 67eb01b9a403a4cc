package dev.skald.query.plain;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What the texts of labels say as numbers (spec logql.md 6.9, 6.15). Empty: they say nothing. */
final class PlainNumbers {
  private static final String DECIMAL = "(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)";
  private static final Pattern FLOAT = Pattern.compile("[-+]?" + DECIMAL + "(?:[eE][-+]?[0-9]+)?");
  private static final Pattern PART = Pattern.compile("(" + DECIMAL + ")(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9.,]+) *([a-zA-Z]*)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private PlainNumbers() {}

  static OptionalDouble number(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> OptionalDouble.of(Double.NaN);
      case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default ->
          FLOAT.matches(text)
              ? OptionalDouble.of(Double.parseDouble(text))
              : OptionalDouble.empty();
    };
  }

  /** In nanoseconds. */
  static OptionalDouble duration(String text) {
    boolean isSigned = text.startsWith("-") || text.startsWith("+");
    String amounts = isSigned ? text.substring(1) : text;
    if (amounts.equals("0")) {
      return OptionalDouble.of(0);
    }
    Matcher part = PART.matcher(amounts);
    long nanos = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.get(part.group(2)));
      nanos += new BigDecimal(part.group(1)).multiply(unit).longValue();
      end = part.end();
    }
    if (end < amounts.length() || end == 0) {
      return OptionalDouble.empty();
    }
    double magnitude = (double) nanos;
    return OptionalDouble.of(text.startsWith("-") ? -magnitude : magnitude);
  }

  /** In bytes. */
  static OptionalDouble size(String text) {
    Matcher parts = SIZE.matcher(text);
    if (!parts.matches()) {
      return OptionalDouble.empty();
    }
    OptionalDouble amount = number(parts.group(1).replace(",", ""));
    String unit = parts.group(2).toLowerCase(Locale.ROOT);
    long factor =
        switch (unit) {
          case "", "b" -> 1;
          case "k", "kb" -> 1_000;
          case "m", "mb" -> 1_000_000;
          case "g", "gb" -> 1_000_000_000;
          case "ki", "kib" -> 1 << 10;
          case "mi", "mib" -> 1 << 20;
          case "gi", "gib" -> 1 << 30;
          default -> 0;
        };
    return amount.isEmpty() || factor == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.floor(amount.getAsDouble() * factor));
  }
}
