package dev.skald.logql.template;

import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads times in Go's layouts ({@code time.ParseInLocation}). */
final class GoTimeParser {
  private static final int ABSENT = -1;
  private static final int NO_OFFSET = Integer.MIN_VALUE;

  private final GoTimeScanner scanner;
  private int year;
  private int month = ABSENT;
  private int day = ABSENT;
  private int yearDay = ABSENT;
  private int hour;
  private int minute;
  private int second;
  private int nanos;
  private @Nullable Boolean afternoon;
  private boolean isUtc;
  private int offsetSeconds = NO_OFFSET;
  private String zoneName = "";

  private GoTimeParser(String text) {
    this.scanner = new GoTimeScanner(text);
  }

  /**
   * @param zone of a text that names none, and where a named or numeric one is looked for first
   * @return null if the text does not fit the layout or is no date
   */
  static @Nullable GoTime parse(String layout, String text, GoZone zone) {
    GoTimeParser parser = new GoTimeParser(text);
    List<GoTimeLayout.Element> elements = GoTimeLayout.elements(layout);
    for (int i = 0; i < elements.size(); i++) {
      boolean fractionFollows = i + 1 < elements.size() && isFraction(elements.get(i + 1));
      if (!parser.read(elements.get(i), fractionFollows)) {
        return null;
      }
    }
    return parser.scanner.atEnd() ? parser.time(zone) : null;
  }

  private static boolean isFraction(GoTimeLayout.Element element) {
    return element.kind() == GoTimeLayout.Kind.FRACTION_FIXED
        || element.kind() == GoTimeLayout.Kind.FRACTION_SHORT;
  }

  private boolean read(GoTimeLayout.Element element, boolean fractionFollows) {
    return switch (element.kind()) {
      case LITERAL -> scanner.skip(element.text());
      case YEAR, LONG_YEAR -> year(element.kind());
      case MONTH -> month(scanner.name(GoTimeNames.MONTHS, 3) + 1);
      case LONG_MONTH -> month(scanner.name(GoTimeNames.MONTHS, 0) + 1);
      case NUMBER_MONTH -> month(scanner.digits(1, 2));
      case ZERO_MONTH -> month(scanner.digits(2, 2));
      case WEEKDAY -> scanner.name(GoTimeNames.WEEKDAYS, 3) >= 0;
      case LONG_WEEKDAY -> scanner.name(GoTimeNames.WEEKDAYS, 0) >= 0;
      case DAY -> day(1);
      case ZERO_DAY -> day(2);
      case UNDER_DAY -> {
        scanner.skipBlanks(1);
        yield day(1);
      }
      case ZERO_YEAR_DAY -> yearDay(3);
      case UNDER_YEAR_DAY -> {
        scanner.skipBlanks(2);
        yield yearDay(1);
      }
      case HOUR -> hour(1, 23);
      case HOUR_12 -> hour(1, 12);
      case ZERO_HOUR_12 -> hour(2, 12);
      case MINUTE -> minute(1);
      case ZERO_MINUTE -> minute(2);
      case SECOND -> second(1, fractionFollows);
      case ZERO_SECOND -> second(2, fractionFollows);
      case FRACTION_FIXED -> fraction(element.width());
      case FRACTION_SHORT -> fractionIfThere();
      case UPPER_PM -> halfDay("AM", "PM");
      case LOWER_PM -> halfDay("am", "pm");
      case ISO_OFFSET, OFFSET -> offset(element);
      case ZONE_NAME -> zoneName();
    };
  }

  private boolean year(GoTimeLayout.Kind kind) {
    if (kind == GoTimeLayout.Kind.LONG_YEAR) {
      year = scanner.digits(4, 4);
      return year >= 0;
    }
    int two = scanner.digits(2, 2);
    year = two >= 69 ? two + 1900 : two + 2000;
    return two >= 0;
  }

  private boolean month(int number) {
    month = number;
    return in(number, 1, 12);
  }

  private boolean day(int digitsMin) {
    day = scanner.digits(digitsMin, 2);
    return day >= 0;
  }

  private boolean yearDay(int digitsMin) {
    yearDay = scanner.digits(digitsMin, 3);
    return yearDay >= 0;
  }

  private boolean hour(int digitsMin, int max) {
    hour = scanner.digits(digitsMin, 2);
    return in(hour, 0, max);
  }

  private boolean minute(int digitsMin) {
    minute = scanner.digits(digitsMin, 2);
    return in(minute, 0, 59);
  }

  private boolean halfDay(String morning, String later) {
    afternoon = scanner.either(morning, later);
    return afternoon != null;
  }

  private boolean fraction(int digits) {
    nanos = scanner.fraction(digits);
    return nanos >= 0;
  }

  private static boolean in(int value, int min, int max) {
    return value >= min && value <= max;
  }

  /** A fraction may follow the seconds even where the layout has none. */
  private boolean second(int digitsMin, boolean fractionFollows) {
    second = scanner.digits(digitsMin, 2);
    return in(second, 0, 59) && (fractionFollows || fractionIfThere());
  }

  private boolean fractionIfThere() {
    return !scanner.atFraction() || fraction(0);
  }

  private boolean offset(GoTimeLayout.Element element) {
    if (element.kind() == GoTimeLayout.Kind.ISO_OFFSET && scanner.skip("Z")) {
      isUtc = true;
      return true;
    }
    int sign = scanner.sign();
    int hours = scanner.digits(2, 2);
    String form = element.text();
    boolean colons = form.indexOf(':') >= 0;
    int minutes = 0;
    int seconds = 0;
    if (form.length() > 3) {
      boolean separated = !colons || scanner.skip(":");
      minutes = separated ? scanner.digits(2, 2) : -1;
    }
    if (form.length() >= 7) {
      boolean separated = !colons || scanner.skip(":");
      seconds = separated ? scanner.digits(2, 2) : -1;
    }
    offsetSeconds = sign * ((hours * 60 + minutes) * 60 + seconds);
    return sign != 0 && in(hours, 0, 24) && in(minutes, 0, 60) && in(seconds, 0, 60);
  }

  private boolean zoneName() {
    if (scanner.skip("UTC")) {
      isUtc = true;
      return true;
    }
    zoneName = scanner.zoneName();
    return !zoneName.isEmpty();
  }

  private @Nullable GoTime time(GoZone local) {
    if (Boolean.TRUE.equals(afternoon) && hour < 12) {
      hour += 12;
    } else if (Boolean.FALSE.equals(afternoon) && hour == 12) {
      hour = 0;
    }
    if (!settleDay()) {
      return null;
    }
    long asUtc =
        LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
    if (isUtc) {
      return new GoTime(asUtc, nanos, GoZone.Fixed.UTC);
    }
    if (offsetSeconds != NO_OFFSET) {
      return atOffset(asUtc - offsetSeconds, local);
    }
    if (!zoneName.isEmpty()) {
      return inNamedZone(asUtc, local);
    }
    return new GoTime(local.epochSecondsOf(asUtc), nanos, local);
  }

  /** Month and day, by day of the year if that was given; false if there is no such day. */
  private boolean settleDay() {
    if (yearDay == ABSENT) {
      month = month == ABSENT ? 1 : month;
      day = day == ABSENT ? 1 : day;
      return day >= 1 && day <= YearMonth.of(year, month).lengthOfMonth();
    }
    if (yearDay < 1 || yearDay > Year.of(year).length()) {
      return false;
    }
    var date = Year.of(year).atDay(yearDay);
    boolean agrees =
        (month == ABSENT || month == date.getMonthValue())
            && (day == ABSENT || day == date.getDayOfMonth());
    month = date.getMonthValue();
    day = date.getDayOfMonth();
    return agrees;
  }

  /** In the local zone if its offset (and name) is the one given, else in a zone made up for it. */
  private GoTime atOffset(long epochSeconds, GoZone local) {
    boolean isLocal =
        local.offsetSecondsAt(epochSeconds) == offsetSeconds
            && (zoneName.isEmpty() || zoneName.equals(local.abbreviationAt(epochSeconds)));
    GoZone zone = isLocal ? local : new GoZone.Fixed(zoneName, offsetSeconds);
    return new GoTime(epochSeconds, nanos, zone);
  }

  private GoTime inNamedZone(long asUtc, GoZone local) {
    long inLocal = local.epochSecondsOf(asUtc);
    if (zoneName.equals(local.abbreviationAt(inLocal))) {
      return new GoTime(inLocal, nanos, local);
    }
    // An unknown name says nothing of the offset, save for GMT+3 and the like.
    int offset = zoneName.startsWith("GMT") ? GoTimeScanner.hoursAfterGmt(zoneName) * 3600 : 0;
    return new GoTime(asUtc - offset, nanos, new GoZone.Fixed(zoneName, offset));
  }
}
