package dev.skald.query;

import dev.skald.logql.pipeline.FieldType;
import java.util.Collection;
import java.util.Set;

/** Tells values that say something from mere numbers and ids. */
final class IdText {
  private static final int HEX_DIGITS = 32;
  private static final int UUID_LENGTH = 36;
  private static final String URN = "urn:uuid:";
  private static final Set<String> FLAGS = Set.of("0", "1");

  private IdText() {}

  /** Whether any value is neither a number nor a UUID; zeros and ones are flags, and say something. */
  static boolean isTelling(Collection<String> values) {
    return FLAGS.containsAll(values)
        || values.stream().anyMatch(value -> !isNumber(value) && !isUuid(value));
  }

  private static boolean isNumber(String value) {
    return switch (FieldType.of(value)) {
      case INT, FLOAT -> true;
      case BOOLEAN, DURATION, BYTES, STRING -> false;
    };
  }

  /** Any notation of one: plain digits, with dashes, in braces, as a URN. */
  private static boolean isUuid(String value) {
    String text = value;
    if (text.regionMatches(true, 0, URN, 0, URN.length())) {
      text = text.substring(URN.length());
    } else if (text.startsWith("{") && text.endsWith("}")) {
      text = text.substring(1, text.length() - 1);
    }
    if (text.length() == HEX_DIGITS) {
      return text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
    if (text.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
      if (isDash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
