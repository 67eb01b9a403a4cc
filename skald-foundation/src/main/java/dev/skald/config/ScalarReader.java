package dev.skald.config;

import dev.skald.config.ConfigValue.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One piece of text as a value of a type. Every method throws IllegalArgumentException saying what it expected. */
final class ScalarReader {
  /** YAML 1.1, https://yaml.org/type/bool.html. */
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");

  private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

  private ScalarReader() {}

  /** Whether text of this type is read here. */
  static boolean reads(Class<?> type) {
    return type.isPrimitive()
        || type.isEnum()
        || type == String.class
        || type == Duration.class
        || type == ByteSize.class
        || type == Instant.class
        || type == LocalDate.class;
  }

  static @Nullable Object read(Class<?> type, Scalar scalar) {
    String text = scalar.text();
    if (type == String.class) {
      return text;
    } else if (type == boolean.class) {
      return bool(text);
    } else if (type == int.class) {
      return Math.toIntExact(number(text, Integer.MAX_VALUE));
    } else if (type == long.class) {
      return number(text, Long.MAX_VALUE);
    } else if (type == double.class) {
      return decimal(text);
    } else if (type == Duration.class) {
      return duration(text);
    } else if (type == ByteSize.class) {
      return size(text);
    } else if (type == Instant.class) {
      return instant(text);
    } else if (type == LocalDate.class) {
      return date(text);
    } else if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("no text form of " + type);
  }

  static boolean bool(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (TRUE.contains(lower)) {
      return true;
    }
    if (FALSE.contains(lower)) {
      return false;
    }
    throw new IllegalArgumentException("true or false");
  }

  static long number(String text, long max) {
    String digits = text.replace("_", "");
    try {
      if (digits.startsWith("0x")) {
        return Long.parseLong(digits, 2, digits.length(), 16);
      }
      long value = new BigDecimal(digits).longValueExact();
      if (Math.abs(value) <= max) {
        return value;
      }
    } catch (NumberFormatException | ArithmeticException _) {
      // Said below.
    }
    throw new IllegalArgumentException("a whole number of at most " + max);
  }

  static double decimal(String text) {
    try {
      return new BigDecimal(text.replace("_", "")).doubleValue();
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("a number");
    }
  }

  static Duration duration(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("a duration such as 30s, 1h30m or 7d");
    }
  }

  static ByteSize size(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("a size in bytes such as 1048576, 256KB or 1.5MB");
    }
  }

  private static @Nullable Instant instant(String text) {
    if (text.isEmpty() || text.equals("0")) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw new IllegalArgumentException("a time such as 2030-01-31T12:00:00Z");
    }
  }

  private static @Nullable LocalDate date(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException("a day such as 2024-01-31");
    }
  }

  private static Object constant(Class<?> type, String text) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (name((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("one of " + names(constants));
  }

  static String names(Object[] constants) {
    return Arrays.stream(constants)
        .map(constant -> name((Enum<?>) constant))
        .collect(Collectors.joining(", "));
  }

  /** {@code FILTER_AND_DELETE} is written {@code filter-and-delete}. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
