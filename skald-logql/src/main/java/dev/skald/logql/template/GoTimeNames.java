package dev.skald.logql.template;

import java.util.List;

/** English names of months and days, whatever the machine's language. */
final class GoTimeNames {
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  /** From Sunday. */
  static final List<String> WEEKDAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

  private GoTimeNames() {}

  /** From 1; what is no month prints as Go prints it. */
  static String month(long number) {
    return number >= 1 && number <= 12
        ? MONTHS.get((int) number - 1)
        : "%!Month(" + Long.toUnsignedString(number) + ")";
  }

  /** From 0, a Sunday. */
  static String weekday(long number) {
    return number >= 0 && number <= 6
        ? WEEKDAYS.get((int) number)
        : "%!Weekday(" + Long.toUnsignedString(number) + ")";
  }
}
