package dev.skald.ruler.group;

import dev.skald.config.DurationText;
import java.time.Duration;

/**
 * Durations as Prometheus writes them (its documentation, "Configuration"): whole numbers, each unit
 * once and in order, {@code 1h30m}; {@code 0} alone needs no unit.
 */
final class RuleDuration {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

  private RuleDuration() {}

  /**
   * @throws IllegalArgumentException if the text is anything else, or beyond 292 years
   */
  static Duration parse(String text) {
    if (!text.equals("0")) {
      checkUnits(text);
    }
    return DurationText.parse(text);
  }

  private static void checkUnits(String text) {
    int next = 0; // the first unit that may still come
    int at = 0;
    do {
      int unitAt = end(text, at, '0', '9');
      int end = end(text, unitAt, 'a', 'z');
      int unit = unit(text.substring(unitAt, end), next);
      if (unitAt == at || unit < 0) {
        throw new IllegalArgumentException("not a valid duration string: " + text);
      }
      next = unit + 1;
      at = end;
    } while (at < text.length());
  }

  private static int end(String text, int from, char first, char last) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= first && text.charAt(at) <= last) {
      at++;
    }
    return at;
  }

  private static int unit(String name, int from) {
    for (int i = from; i < UNITS.length; i++) {
      if (UNITS[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  static String format(Duration duration) {
    return DurationText.format(duration);
  }
}
