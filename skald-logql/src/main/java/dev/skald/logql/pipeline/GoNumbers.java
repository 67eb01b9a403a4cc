package dev.skald.logql.pipeline;

import dev.skald.model.Quoted;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Label values read as numbers, durations and sizes (spec logql.md 6.9 and 6.15), with the texts
 * that Go's strconv and time packages and its usual size reader give for what they refuse. A result
 * stays until the next call. One thread.
 */
final class GoNumbers {
  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = new double[23];

  /** Integers up to this are exact as doubles. */
  private static final long EXACT_MAX = 1L << 53;

  private static final double UNSIGNED_LIMIT = 0x1p64;

  static {
    double power = 1;
    for (int i = 0; i < EXACT_POWERS.length; i++) {
      EXACT_POWERS[i] = power;
      power *= 10;
    }
  }

  /** Result of {@link #readFloat}. */
  double number;

  /** Result of {@link #readDuration}. */
  long nanos;

  /** Result of {@link #readSize}; unsigned. */
  long size;

  /** Reads a 64-bit float. Returns what is wrong, or null. */
  @Nullable String readFloat(byte[] bytes, int start, int end) {
    return readPlainDecimal(bytes, start, end) ? null : readFloat(text(bytes, start, end));
  }

  /**
   * Digits with at most one point: what most values are. False: not that, or not exact this way.
   */
  private boolean readPlainDecimal(byte[] bytes, int start, int end) {
    long digits = 0;
    int fraction = -1;
    int p = start;
    boolean negative = p < end && bytes[p] == '-';
    p += negative ? 1 : 0;
    int first = p;
    if (end - p > 17) {
      return false;
    }
    for (; p < end; p++) {
      byte c = bytes[p];
      if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        fraction += fraction >= 0 ? 1 : 0;
      } else if (c == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return false;
      }
    }
    boolean hasDigits = p - first > (fraction >= 0 ? 1 : 0);
    if (!hasDigits || digits > EXACT_MAX) {
      return false;
    }
    // One division of two exact numbers is correctly rounded.
    double value = fraction > 0 ? digits / EXACT_POWERS[fraction] : digits;
    number = negative ? -value : value;
    return true;
  }

  private @Nullable String readFloat(String text) {
    Double value = special(text);
    if (value == null) {
      String syntax = GoFloatSyntax.toJava(text);
      if (syntax == null) {
        return "strconv.ParseFloat: parsing " + Quoted.of(text) + ": invalid syntax";
      }
      value = Double.parseDouble(syntax);
      if (value.isInfinite()) {
        return "strconv.ParseFloat: parsing " + Quoted.of(text) + ": value out of range";
      }
    }
    number = value;
    return null;
  }

  /** Go's spellings of what is not a number or not finite, in any case. */
  private static @Nullable Double special(String text) {
    boolean isSigned = text.startsWith("-") || text.startsWith("+");
    String word = isSigned ? text.substring(1) : text;
    if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return !isSigned && word.equalsIgnoreCase("nan") ? Double.NaN : null;
  }

  /** Reads a duration as {@code time.ParseDuration} does. Returns what is wrong, or null. */
  @Nullable String readDuration(byte[] bytes, int start, int end) {
    GoDuration duration = new GoDuration(bytes, start, end);
    String fault = duration.read();
    nanos = duration.nanos();
    return fault;
  }

  /** Reads a size: a number, perhaps blanks, a unit. Returns what is wrong, or null. */
  @Nullable String readSize(byte[] bytes, int start, int end) {
    int p = start;
    boolean hasComma = false;
    while (p < end && (bytes[p] == '.' || bytes[p] == ',' || isDigit(bytes[p]))) {
      hasComma |= bytes[p] == ',';
      p++;
    }
    double count;
    if (!hasComma && readPlainDecimal(bytes, start, p)) {
      count = number;
    } else {
      String fault = readFloat(text(bytes, start, p).replace(",", ""));
      if (fault != null) {
        return fault;
      }
      count = number;
    }
    String unit = text(bytes, p, end).strip().toLowerCase(Locale.ROOT);
    double factor = sizeFactor(unit);
    if (factor < 0) {
      return "unhandled size name: " + unit;
    }
    double value = count * factor;
    if (value >= UNSIGNED_LIMIT) {
      return "too large: " + text(bytes, start, end);
    }
    size = value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
    return null;
  }

  private static double sizeFactor(String unit) {
    return switch (unit) {
      case "", "b" -> 1;
      case "k", "kb" -> 1e3;
      case "m", "mb" -> 1e6;
      case "g", "gb" -> 1e9;
      case "t", "tb" -> 1e12;
      case "p", "pb" -> 1e15;
      case "e", "eb" -> 1e18;
      case "ki", "kib" -> 0x1p10;
      case "mi", "mib" -> 0x1p20;
      case "gi", "gib" -> 0x1p30;
      case "ti", "tib" -> 0x1p40;
      case "pi", "pib" -> 0x1p50;
      case "ei", "eib" -> 0x1p60;
      default -> -1;
    };
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static String text(byte[] bytes, int start, int end) {
    return ByteSlice.text(bytes, start, end);
  }
}
