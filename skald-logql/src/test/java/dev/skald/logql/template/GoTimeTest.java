package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts, read and written; the expected texts are those of Go's time. */
final class GoTimeTest {
  /** 2026-03-05T04:07:09.012345678Z, a Thursday. */
  private static final long EPOCH_NANOS = 1_772_683_629_012_345_678L;

  private static final GoZone STOCKHOLM = GoZone.of(ZoneId.of("Europe/Stockholm"));

  record Layout(String zone, String layout, String expected) {}

  static Stream<Layout> layouts() {
    return Stream.of(
        new Layout("UTC", "2006-01-02T15:04:05Z07:00", "2026-03-05T04:07:09Z"),
        new Layout("UTC", "2006-01-02T15:04:05.999999999Z07:00", "2026-03-05T04:07:09.012345678Z"),
        new Layout("UTC", "Mon Jan _2 15:04:05 MST 2006", "Thu Mar  5 04:07:09 UTC 2026"),
        new Layout("UTC", "Monday, January 2 06", "Thursday, March 5 26"),
        new Layout("UTC", "3:4:5 PM 03 pm", "4:7:9 AM 04 am"),
        new Layout("UTC", ".000 ,00 .9 .99 .000000000000", ".012 ,01  .01 .012345678"),
        new Layout("UTC", "002 __2 _2006", "064  64 _2026"),
        new Layout("UTC", "Janet Month Monx 1", "Janet Month Monx 3"),
        new Layout(
            "UTC", "-0700 -07:00 -07 -070000 -07:00:00", "+0000 +00:00 +00 +000000 +00:00:00"),
        new Layout(
            "Europe/Stockholm",
            "15:04 MST -0700 Z07:00 Z0700 Z07",
            "05:07 CET +0100 +01:00 +0100 +01"),
        new Layout("America/New_York", "02 15:04 MST -07:00", "04 23:07 EST -05:00"),
        new Layout("Asia/Kolkata", "15:04 MST -0700", "09:37 IST +0530"),
        new Layout("+03:00", "15:04 MST", "07:07 +0300"));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void formats(Layout c) {
    GoTime time = GoTime.ofEpochNanos(EPOCH_NANOS, GoZone.of(ZoneId.of(c.zone())));
    assertEquals(c.expected(), GoTimeFormat.format(time, c.layout()));
  }

  record Text(String layout, String text, String expected) {}

  static Stream<Text> texts() {
    return Stream.of(
        new Text("2006-01-02", "2026-07-01", "2026-07-01 00:00:00 +0200 CEST"),
        new Text("2006-01-02 15:04:05", "2026-01-01 10:20:30.5", "2026-01-01 10:20:30.5 +0100 CET"),
        new Text(
            "2006-01-02T15:04:05Z07:00", "2026-01-01T10:20:30Z", "2026-01-01 10:20:30 +0000 UTC"),
        new Text(
            "2006-01-02T15:04:05Z07:00",
            "2026-01-01T10:20:30+01:00",
            "2026-01-01 10:20:30 +0100 CET"),
        new Text(
            "2006-01-02T15:04:05Z07:00",
            "2026-01-01T10:20:30-05:30",
            "2026-01-01 10:20:30 -0530 -0530"),
        new Text("2 Jan 2006 3:04PM", "7 feb 2026 1:05PM", "2026-02-07 13:05:00 +0100 CET"),
        new Text(
            "02/Jan/2006:15:04:05 -0700",
            "10/Oct/2026:13:55:36 -0700",
            "2026-10-10 13:55:36 -0700 -0700"),
        new Text(
            "Mon Jan _2 15:04:05 2006",
            "Thu Mar  5 04:07:09 2026",
            "2026-03-05 04:07:09 +0100 CET"),
        new Text("2006 002", "2026 064", "2026-03-05 00:00:00 +0100 CET"),
        new Text("15:04 MST", "10:00 UTC", "0000-01-01 10:00:00 +0000 UTC"),
        new Text("2006-01-02 MST", "2026-07-01 PDT", "2026-07-01 00:00:00 +0000 PDT"),
        new Text("2006-01-02 MST", "2026-07-01 CEST", "2026-07-01 00:00:00 +0200 CEST"),
        new Text("06-1-2", "69-7-1", "1969-07-01 00:00:00 +0100 CET"),
        new Text(
            "2006-01-02 15:04:05.000",
            "2026-01-01 00:00:00.123",
            "2026-01-01 00:00:00.123 +0100 CET"),
        new Text(
            "2006-01-02 15:04:05,999", "2026-01-01 00:00:00", "2026-01-01 00:00:00 +0100 CET"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void parses(Text c) {
    assertEquals(c.expected(), String.valueOf(GoTimeParser.parse(c.layout(), c.text(), STOCKHOLM)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "2026-13-01",
        "2026-02-30",
        "2026-02-29",
        "2026-00-01",
        "26-01-01",
        "2026-1-01",
        "2026-01-01 ",
        "2026-01-01x",
        "-026-01-01"
      })
  void refuses(String text) {
    assertNull(GoTimeParser.parse("2006-01-02", text, GoZone.Fixed.UTC));
  }

  @Test
  void whatIsWrittenReadsBack() {
    String layout = "2006-01-02T15:04:05.999999999Z07:00";
    for (long nanos = -2_000_000_000_000_000_001L; nanos < 4e18; nanos += 77_777_777_777_777_777L) {
      GoTime time = GoTime.ofEpochNanos(nanos, STOCKHOLM);
      GoTime read = GoTimeParser.parse(layout, GoTimeFormat.format(time, layout), STOCKHOLM);
      assertEquals(time, read);
    }
  }

  @Test
  void methodsOfTimes() {
    TestRow row = TestRow.of().at(EPOCH_NANOS).in("Europe/Stockholm");
    assertEquals(
        "2026 March 5 Thursday 64 5 7 9 12345678",
        row.print(
            "{{ $t := __timestamp__ }}{{ $t.Year }} {{ $t.Month }} {{ $t.Day }} {{ $t.Weekday }} "
                + "{{ $t.YearDay }} {{ $t.Hour }} {{ $t.Minute }} {{ $t.Second }} "
                + "{{ $t.Nanosecond }}"));
    assertEquals(
        "1772683629 1772683629012 1772683629012345 1772683629012345678",
        row.print(
            "{{ $t := __timestamp__ }}{{ $t.Unix }} {{ $t.UnixMilli }} {{ $t.UnixMicro }} "
                + "{{ $t.UnixNano }}"));
    assertEquals(
        "2026-05-01 04:07:09.012345678 +0000 UTC",
        row.print("{{ (__timestamp__.UTC).AddDate 0 1 26 }}"));
    assertEquals(
        "1m0s 60 true",
        row.print(
            "{{ $t := __timestamp__ }}{{ $u := $t.Add 60000000000 }}{{ $d := $u.Sub $t }}{{ $d }} "
                + "{{ $d.Seconds }} {{ $u.After $t }}"));
    assertEquals("2026-11-20 13:30:00.25 +0100 CET", row.print("{{ now }}"));
  }

  record Duration(long nanos, String text) {}

  static Stream<Duration> durations() {
    return Stream.of(
        new Duration(0, "0s"),
        new Duration(1, "1ns"),
        new Duration(1_500, "1.5µs"),
        new Duration(2_000_000, "2ms"),
        new Duration(1_000_000_000, "1s"),
        new Duration(-61_500_000_000L, "-1m1.5s"),
        new Duration(3_600_000_000_000L, "1h0m0s"),
        new Duration(Long.MAX_VALUE, "2562047h47m16.854775807s"));
  }

  @ParameterizedTest
  @MethodSource("durations")
  void durationsAreWrittenAndRead(Duration c) {
    assertEquals(c.text(), GoDuration.format(c.nanos()));
    assertEquals(c.nanos(), GoDuration.parse(c.text()));
  }
}
