package dev.skald.config;

import dev.skald.config.ConfigValue.Scalar;

/** Checks values of keys that are known by the name of their type alone. */
public final class ScalarTypes {
  private ScalarTypes() {}

  /**
   * Notes a value that is not of its type.
   *
   * @param type {@code bool}, {@code int} (a size with a unit will do), {@code float}, {@code dur}; of any other name
   *     a single value of any text
   */
  public static void check(String type, ConfigValue value, String path, Problems problems) {
    if (!(value instanceof Scalar scalar)) {
      problems.mismatch(value, path, "a single value");
      return;
    }
    try {
      switch (type) {
        case "bool" -> ScalarReader.bool(scalar.text());
        case "int" -> checkWhole(scalar.text());
        case "float" -> ScalarReader.decimal(scalar.text());
        case "dur" -> ScalarReader.duration(scalar.text());
        default -> {
          // Any text is a string.
        }
      }
    } catch (IllegalArgumentException e) {
      problems.mismatch(value, path, String.valueOf(e.getMessage()));
    }
  }

  private static void checkWhole(String text) {
    try {
      ScalarReader.size(text);
    } catch (IllegalArgumentException _) {
      ScalarReader.number(text, Long.MAX_VALUE);
    }
  }
}
