package dev.skald.logql.template;

import java.math.BigDecimal;

/** Durations as Go writes them: {@code 1h2m3.5s} (time.ParseDuration and Duration.String). */
final class GoDuration {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private GoDuration() {}

  /**
   * @return nanoseconds
   * @throws TemplateFailure in Go's words
   */
  static long parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return 0;
    }
    if (rest.isEmpty()) {
      throw invalid(text);
    }
    long total = 0;
    int i = 0;
    while (i < rest.length()) {
      int end = i;
      while (end < rest.length() && isNumeric(rest.charAt(end))) {
        end++;
      }
      int unitEnd = end;
      while (unitEnd < rest.length() && !isNumeric(rest.charAt(unitEnd))) {
        unitEnd++;
      }
      total += part(text, rest.substring(i, end), rest.substring(end, unitEnd));
      if (total < 0) {
        throw invalid(text);
      }
      i = unitEnd;
    }
    return negative ? -total : total;
  }

  private static long part(String text, String number, String unit) {
    String[] pieces = number.split("\\.", 3);
    String whole = pieces[0];
    String fraction = pieces.length > 1 ? pieces[1] : "";
    if (whole.isEmpty() && fraction.isEmpty()) {
      throw invalid(text);
    }
    if (unit.isEmpty() || pieces.length > 2) {
      throw failure("missing unit in duration ", text);
    }
    long unitNanos = unitNanos(text, unit);
    if (whole.length() > 19) {
      throw invalid(text);
    }
    long value = whole.isEmpty() ? 0 : Long.parseUnsignedLong(whole);
    if (value < 0 || value > Long.MAX_VALUE / unitNanos) {
      throw invalid(text);
    }
    double parts = 0;
    double scale = 1;
    for (int i = 0; i < Math.min(18, fraction.length()); i++) {
      parts = parts * 10 + fraction.charAt(i) - '0';
      scale *= 10;
    }
    return value * unitNanos + (long) (parts * (unitNanos / scale));
  }

  private static long unitNanos(String text, String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> SECOND_NANOS;
      case "m" -> 60 * SECOND_NANOS;
      case "h" -> 3600 * SECOND_NANOS;
      default ->
          throw new TemplateFailure(
              "time: unknown unit " + GoQuote.quote(unit) + " in duration " + GoQuote.quote(text));
    };
  }

  /** {@code 1h0m0.25s}, {@code 1.5ms}, {@code 0s}. */
  static String format(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    BigDecimal absolute = new BigDecimal(nanos).abs();
    if (absolute.longValue() > 0 && absolute.longValue() < SECOND_NANOS) {
      long small = absolute.longValue();
      int shift = small < 1_000 ? 0 : small < 1_000_000 ? 3 : 6;
      String unit = shift == 0 ? "ns" : shift == 3 ? "µs" : "ms";
      return sign + plain(absolute.scaleByPowerOfTen(-shift)) + unit;
    }
    BigDecimal minute = new BigDecimal(60 * SECOND_NANOS);
    BigDecimal[] minutes = absolute.divideAndRemainder(minute);
    String seconds = plain(minutes[1].scaleByPowerOfTen(-9)) + "s";
    long count = minutes[0].longValue();
    String head = count >= 60 ? count / 60 + "h" : "";
    return sign + head + (count > 0 ? count % 60 + "m" : "") + seconds;
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static boolean isNumeric(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static TemplateFailure invalid(String text) {
    return failure("invalid duration ", text);
  }

  private static TemplateFailure failure(String what, String text) {
    return new TemplateFailure("time: " + what + GoQuote.quote(text));
  }
}
