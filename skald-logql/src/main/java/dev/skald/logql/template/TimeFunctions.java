package dev.skald.logql.template;

import static dev.skald.logql.template.GoType.ANY;
import static dev.skald.logql.template.GoType.STRING;
import static dev.skald.logql.template.GoType.TIME;

import dev.skald.logql.template.Value.IntegerType;
import java.util.List;

/** The entry's line and time, times in general, durations and sizes. */
final class TimeFunctions {
  private static final int DAY_SECONDS = 86_400;
  private static final long SECOND_NANOS = 1_000_000_000L;

  static final List<TemplateFunction> ALL =
      List.of(
          TemplateFunction.of("__line__", a -> new Value.Text(a.row().line())),
          TemplateFunction.of(
              "__timestamp__",
              a -> moment(GoTime.ofEpochNanos(a.row().timestampEpochNanos(), a.localZone()))),
          TemplateFunction.of("now", a -> moment(a.now())),
          TemplateFunction.of("date", TimeFunctions::date, STRING, ANY),
          TemplateFunction.of(
              "toDate", a -> parse(a.text(0), a.text(1), a.localZone()), STRING, STRING),
          TemplateFunction.of("toDateInZone", TimeFunctions::inZone, STRING, STRING, STRING),
          TemplateFunction.of("unixEpoch", a -> decimal(a.moment(0).epochSeconds()), TIME),
          TemplateFunction.of("unixEpochMillis", a -> decimal(a.moment(0).epochMillis()), TIME),
          TemplateFunction.of("unixEpochNanos", a -> decimal(a.moment(0).epochNanos()), TIME),
          TemplateFunction.of("unixToTime", TimeFunctions::ofUnix, STRING),
          TemplateFunction.of("duration", a -> seconds(a.text(0)), STRING),
          TemplateFunction.of("duration_seconds", a -> seconds(a.text(0)), STRING),
          TemplateFunction.of("bytes", a -> new Value.Real(GoByteSize.parse(a.text(0))), STRING));

  private TimeFunctions() {}

  private static Value moment(GoTime time) {
    return new Value.Moment(time);
  }

  private static Value decimal(long number) {
    return new Value.Text(Long.toString(number));
  }

  private static Value seconds(String duration) {
    long nanos = GoDuration.parse(duration);
    long whole = nanos / SECOND_NANOS;
    return new Value.Real(whole + (double) (nanos % SECOND_NANOS) / SECOND_NANOS);
  }

  /** What is neither a time nor a number of seconds stands for the current time. */
  private static Value date(Arguments a) {
    GoTime time =
        switch (a.value(1)) {
          case Value.Moment(GoTime given) -> given;
          case Value.Whole(long seconds, var type)
              when type == IntegerType.INT || type == IntegerType.INT64 ->
              GoTime.ofEpochSeconds(seconds, a.localZone());
          default -> a.now();
        };
    return new Value.Text(GoTimeFormat.format(time.in(a.localZone()), a.text(0)));
  }

  private static Value parse(String layout, String text, GoZone zone) {
    GoTime time = GoTimeParser.parse(layout, text, zone);
    return moment(time == null ? GoTime.ZERO : time);
  }

  private static Value inZone(Arguments a) {
    GoZone zone = GoZone.named(a.text(1), a.localZone());
    return parse(a.text(0), a.text(2), zone == null ? GoZone.Fixed.UTC : zone);
  }

  /** The length of the text tells the unit. */
  private static Value ofUnix(Arguments a) {
    String text = a.text(0);
    String what = "unable to parse time '" + text + "': ";
    long number;
    try {
      number = GoNumberText.parseDecimal(text);
    } catch (TemplateFailure e) {
      throw new TemplateFailure(what + e.getMessage());
    }
    GoZone zone = a.localZone();
    return moment(
        switch (GoStrings.byteLength(text)) {
          case 5 -> GoTime.ofEpochSeconds(number * DAY_SECONDS, zone);
          case 10 -> GoTime.ofEpochSeconds(number, zone);
          case 13 -> GoTime.ofEpochNanos(number * 1_000_000, zone);
          case 16 -> GoTime.ofEpochNanos(number * 1_000, zone);
          case 19 -> GoTime.ofEpochNanos(number, zone);
          // Go was asked to wrap an error where there is none.
          default -> throw new TemplateFailure(what + "%!w(<nil>)");
        });
  }
}
