package dev.skald.logql.template;

import java.time.LocalDateTime;
import java.util.Locale;

/** Prints times in Go's layouts ({@code Time.Format}). */
final class GoTimeFormat {
  private final GoTime time;
  private final LocalDateTime local;
  private final StringBuilder out = new StringBuilder();

  private GoTimeFormat(GoTime time) {
    this.time = time;
    this.local = time.local();
  }

  static String format(GoTime time, String layout) {
    GoTimeFormat format = new GoTimeFormat(time);
    for (GoTimeLayout.Element element : GoTimeLayout.elements(layout)) {
      format.append(element);
    }
    return format.out.toString();
  }

  private void append(GoTimeLayout.Element element) {
    switch (element.kind()) {
      case LITERAL -> out.append(element.text());
      case LONG_MONTH, MONTH, LONG_WEEKDAY, WEEKDAY -> name(element.kind());
      case NUMBER_MONTH -> out.append(local.getMonthValue());
      case ZERO_MONTH -> padded(local.getMonthValue(), 2, '0');
      case DAY -> out.append(local.getDayOfMonth());
      case UNDER_DAY -> padded(local.getDayOfMonth(), 2, ' ');
      case ZERO_DAY -> padded(local.getDayOfMonth(), 2, '0');
      case UNDER_YEAR_DAY -> padded(local.getDayOfYear(), 3, ' ');
      case ZERO_YEAR_DAY -> padded(local.getDayOfYear(), 3, '0');
      case HOUR -> padded(local.getHour(), 2, '0');
      case HOUR_12 -> out.append(hour12());
      case ZERO_HOUR_12 -> padded(hour12(), 2, '0');
      case MINUTE -> out.append(local.getMinute());
      case ZERO_MINUTE -> padded(local.getMinute(), 2, '0');
      case SECOND -> out.append(local.getSecond());
      case ZERO_SECOND -> padded(local.getSecond(), 2, '0');
      case LONG_YEAR -> {
        out.append(local.getYear() < 0 ? "-" : "");
        padded(Math.abs(local.getYear()), 4, '0');
      }
      case YEAR -> padded(Math.max(0, local.getYear()) % 100, 2, '0');
      case UPPER_PM -> out.append(local.getHour() >= 12 ? "PM" : "AM");
      case LOWER_PM -> out.append(local.getHour() >= 12 ? "pm" : "am");
      case ZONE_NAME -> zoneName();
      case ISO_OFFSET -> {
        if (time.offsetSeconds() == 0) {
          out.append('Z');
        } else {
          offset(element.text());
        }
      }
      case OFFSET -> offset(element.text());
      case FRACTION_FIXED, FRACTION_SHORT -> fraction(element);
    }
  }

  private void name(GoTimeLayout.Kind kind) {
    out.append(
        switch (kind) {
          case LONG_MONTH -> GoTimeNames.month(local.getMonthValue());
          case MONTH -> GoTimeNames.month(local.getMonthValue()).substring(0, 3);
          case LONG_WEEKDAY -> GoTimeNames.weekday(local.getDayOfWeek().getValue() % 7);
          default -> GoTimeNames.weekday(local.getDayOfWeek().getValue() % 7).substring(0, 3);
        });
  }

  private int hour12() {
    int hour = local.getHour() % 12;
    return hour == 0 ? 12 : hour;
  }

  private void zoneName() {
    String name = time.zone().abbreviationAt(time.epochSeconds());
    if (name.isEmpty()) {
      offset("-0700");
    } else {
      out.append(name);
    }
  }

  /** @param form as in the layout, with a hyphen or a Z in front */
  private void offset(String form) {
    int seconds = time.offsetSeconds();
    out.append(seconds < 0 ? '-' : '+');
    int absolute = Math.abs(seconds);
    boolean colons = form.indexOf(':') >= 0;
    padded(absolute / 3600, 2, '0');
    if (form.length() <= 3) {
      return;
    }
    out.append(colons ? ":" : "");
    padded(absolute / 60 % 60, 2, '0');
    if (form.length() >= 7) {
      out.append(colons ? ":" : "");
      padded(absolute % 60, 2, '0');
    }
  }

  private void fraction(GoTimeLayout.Element element) {
    String nanos = String.format(Locale.ROOT, "%09d", time.nanos());
    String digits = nanos.substring(0, Math.min(9, element.width()));
    if (element.kind() == GoTimeLayout.Kind.FRACTION_SHORT) {
      int end = digits.length();
      while (end > 0 && digits.charAt(end - 1) == '0') {
        end--;
      }
      if (end == 0) {
        return;
      }
      digits = digits.substring(0, end);
    }
    out.append(element.text().charAt(0)).append(digits);
  }

  private void padded(int value, int width, char pad) {
    String digits = Integer.toString(value);
    out.append(String.valueOf(pad).repeat(Math.max(0, width - digits.length()))).append(digits);
  }
}
