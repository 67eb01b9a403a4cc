package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.DURATION;
import static dev.skald.logql.template.GoType.INT;
import static dev.skald.logql.template.GoType.STRING;
import static dev.skald.logql.template.GoType.TIME;

import dev.skald.logql.template.Value.IntegerType;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Methods that templates can call on times and on the types that times give out. */
final class GoMethods {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private GoMethods() {}

  /** The method, which takes its receiver with it; null if the value has none of this name. */
  static @Nullable TemplateFunction find(Value receiver, String name) {
    return switch (receiver) {
      case Value.Moment(GoTime time) -> ofTime(time, name);
      case Value.Whole(long number, IntegerType type) -> ofWhole(number, type, name);
      case Value.Nil _,
          Value.Text _,
          Value.Real _,
          Value.Truth _,
          Value.RowLabels _,
          Value.JsonObject _,
          Value.JsonArray _,
          Value.Boxed _ ->
          null;
    };
  }

  /** Go's {@code String} method; null for types without. */
  static @Nullable String string(Value value) {
    return switch (value) {
      case Value.Moment(GoTime time) -> time.toString();
      case Value.Whole(long number, IntegerType type) ->
          switch (type) {
            case MONTH -> GoTimeNames.month(number);
            case WEEKDAY -> GoTimeNames.weekday(number);
            case DURATION -> GoDuration.format(number);
            case INT, INT64, BYTE -> null;
          };
      case Value.Nil _,
          Value.Text _,
          Value.Real _,
          Value.Truth _,
          Value.RowLabels _,
          Value.JsonObject _,
          Value.JsonArray _,
          Value.Boxed _ ->
          null;
    };
  }

  /** A time as Go source. */
  static String goString(GoTime time) {
    LocalDateTime t = time.local();
    String zone =
        time.zone().equals(GoZone.Fixed.UTC)
            ? "time.UTC"
            : "time.Location("
                + GoQuote.quote(time.zone().abbreviationAt(time.epochSeconds()))
                + ")";
    return String.format(
        Locale.ROOT,
        "time.Date(%d, time.%s, %d, %d, %d, %d, %d, %s)",
        t.getYear(),
        GoTimeNames.month(t.getMonthValue()),
        t.getDayOfMonth(),
        t.getHour(),
        t.getMinute(),
        t.getSecond(),
        time.nanos(),
        zone);
  }

  private static final Map<String, Function<GoTime, Value>> TIME_PARTS =
      Map.ofEntries(
          Map.entry("Year", t -> Value.ofInt(t.local().getYear())),
          Map.entry("Month", t -> whole(t.local().getMonthValue(), IntegerType.MONTH)),
          Map.entry("Day", t -> Value.ofInt(t.local().getDayOfMonth())),
          Map.entry(
              "Weekday", t -> whole(t.local().getDayOfWeek().getValue() % 7, IntegerType.WEEKDAY)),
          Map.entry("YearDay", t -> Value.ofInt(t.local().getDayOfYear())),
          Map.entry("Hour", t -> Value.ofInt(t.local().getHour())),
          Map.entry("Minute", t -> Value.ofInt(t.local().getMinute())),
          Map.entry("Second", t -> Value.ofInt(t.local().getSecond())),
          Map.entry("Nanosecond", t -> Value.ofInt(t.nanos())),
          Map.entry("Unix", t -> Value.ofInt64(t.epochSeconds())),
          Map.entry("UnixMilli", t -> Value.ofInt64(t.epochMillis())),
          Map.entry("UnixMicro", t -> Value.ofInt64(t.epochMicros())),
          Map.entry("UnixNano", t -> Value.ofInt64(t.epochNanos())),
          Map.entry("UTC", t -> new Value.Moment(t.in(GoZone.Fixed.UTC))),
          Map.entry(
              "IsZero",
              t -> Value.of(t.epochSeconds() == GoTime.ZERO.epochSeconds() && t.nanos() == 0)),
          Map.entry("String", t -> new Value.Text(t.toString())),
          Map.entry("GoString", t -> new Value.Text(goString(t))));

  private static @Nullable TemplateFunction ofTime(GoTime time, String name) {
    Function<GoTime, Value> part = TIME_PARTS.get(name);
    if (part != null) {
      return TemplateFunction.of(name, _ -> part.apply(time));
    }
    return switch (name) {
      case "Local" -> TemplateFunction.of(name, a -> new Value.Moment(time.in(a.localZone())));
      case "Format" ->
          TemplateFunction.of(
              name, a -> new Value.Text(GoTimeFormat.format(time, a.text(0))), STRING);
      case "Add" ->
          TemplateFunction.of(name, a -> new Value.Moment(time.plusNanos(a.whole(0))), DURATION);
      case "AddDate" -> TemplateFunction.of(name, a -> addDate(time, a), INT, INT, INT);
      case "Sub" ->
          TemplateFunction.of(
              name, a -> whole(differenceNanos(time, a.moment(0)), IntegerType.DURATION), TIME);
      case "After" ->
          TemplateFunction.of(name, a -> Value.of(compare(time, a.moment(0)) > 0), TIME);
      case "Before" ->
          TemplateFunction.of(name, a -> Value.of(compare(time, a.moment(0)) < 0), TIME);
      case "Equal" ->
          TemplateFunction.of(name, a -> Value.of(compare(time, a.moment(0)) == 0), TIME);
      case "Compare" ->
          TemplateFunction.of(name, a -> Value.ofInt(compare(time, a.moment(0))), TIME);
      case "Truncate" -> TemplateFunction.of(name, a -> truncate(time, a.whole(0)), DURATION);
      default -> null;
    };
  }

  private static final Map<String, ToLongFunction<Long>> DURATION_WHOLES =
      Map.of(
          "Nanoseconds", nanos -> nanos,
          "Microseconds", nanos -> nanos / 1_000,
          "Milliseconds", nanos -> nanos / 1_000_000);

  private static @Nullable TemplateFunction ofWhole(long number, IntegerType type, String name) {
    String string = string(whole(number, type));
    if (string != null && name.equals("String")) {
      return TemplateFunction.of(name, _ -> new Value.Text(string));
    }
    if (type != IntegerType.DURATION) {
      return null;
    }
    ToLongFunction<Long> parts = DURATION_WHOLES.get(name);
    if (parts != null) {
      return TemplateFunction.of(name, _ -> Value.ofInt64(parts.applyAsLong(number)));
    }
    return switch (name) {
      case "Seconds" -> TemplateFunction.of(name, _ -> in(number, HOUR_NANOS / 3600));
      case "Minutes" -> TemplateFunction.of(name, _ -> in(number, HOUR_NANOS / 60));
      case "Hours" -> TemplateFunction.of(name, _ -> in(number, HOUR_NANOS));
      default -> null;
    };
  }

  private static Value in(long nanos, long unitNanos) {
    long whole = nanos / unitNanos;
    return new Value.Real(whole + (double) (nanos % unitNanos) / unitNanos);
  }

  private static Value whole(long number, IntegerType type) {
    return new Value.Whole(number, type);
  }

  private static int compare(GoTime a, GoTime b) {
    int seconds = Long.compare(a.epochSeconds(), b.epochSeconds());
    return seconds != 0 ? seconds : Integer.compare(a.nanos(), b.nanos());
  }

  /** At the ends of the range rather than beyond. */
  private static long differenceNanos(GoTime a, GoTime b) {
    double seconds = (double) a.epochSeconds() - b.epochSeconds();
    if (Math.abs(seconds) > 9.2e9) {
      return seconds > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return (a.epochSeconds() - b.epochSeconds()) * 1_000_000_000L + a.nanos() - b.nanos();
  }

  /** Days and months beyond their ends run over into the next ones. */
  private static Value addDate(GoTime time, Arguments a) {
    LocalDateTime t = time.local();
    long bound = 1_000_000;
    long years = Math.clamp(a.whole(0), -bound, bound);
    long months = Math.clamp(a.whole(1), -bound, bound);
    long days = Math.clamp(a.whole(2), -bound, bound);
    long seconds =
        t.withDayOfMonth(1)
            .plusYears(years)
            .plusMonths(months)
            .plusDays(t.getDayOfMonth() - 1 + days)
            .toEpochSecond(ZoneOffset.UTC);
    return new Value.Moment(
        new GoTime(time.zone().epochSecondsOf(seconds), time.nanos(), time.zone()));
  }

  /** Down to a multiple since the year 1, as in Go. */
  private static Value truncate(GoTime time, long stepNanos) {
    if (stepNanos <= 0) {
      return new Value.Moment(time);
    }
    BigInteger sinceZero =
        BigInteger.valueOf(time.epochSeconds() - GoTime.ZERO.epochSeconds())
            .multiply(BigInteger.valueOf(1_000_000_000L))
            .add(BigInteger.valueOf(time.nanos()));
    long rest = sinceZero.mod(BigInteger.valueOf(stepNanos)).longValue();
    return new Value.Moment(time.plusNanos(-rest));
  }
}
