package dev.skald.logql.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** What the values of a field look like (spec http-api.md 3.13); earlier ones win. */
public enum FieldType {
  INT,
  FLOAT,
  BOOLEAN,
  DURATION,
  BYTES,
  STRING;

  /** As Go's strconv.ParseBool reads them. */
  private static final Set<String> BOOLEANS =
      Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

  private static final int LONG_DIGITS_MAX = 20;

  /** The narrowest type that the value has. */
  public static FieldType of(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    GoNumbers numbers = new GoNumbers();
    if (isInteger(value)) {
      return INT;
    }
    if (numbers.readFloat(bytes, 0, bytes.length) == null) {
      return FLOAT;
    }
    if (BOOLEANS.contains(value)) {
      return BOOLEAN;
    }
    if (numbers.readDuration(bytes, 0, bytes.length) == null) {
      return DURATION;
    }
    return numbers.readSize(bytes, 0, bytes.length) == null ? BYTES : STRING;
  }

  private static boolean isInteger(String value) {
    if (value.isEmpty() || value.length() > LONG_DIGITS_MAX) {
      return false;
    }
    try {
      Long.parseLong(value);
      return value.chars().allMatch(c -> c < 0x80);
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** The size in bytes that a text says, unsigned; empty if it says none. */
  public static OptionalLong sizeBytes(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    GoNumbers numbers = new GoNumbers();
    return numbers.readSize(bytes, 0, bytes.length) == null
        ? OptionalLong.of(numbers.size)
        : OptionalLong.empty();
  }

  /** As the answers call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
