package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.Labels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LabelFilterStepTest {
  private static final String[] LINES = {
    "n=10 d=1s b=5KB", "n=0.5 d=250ms b=512", "n=abc d=90 b=big", "x=1 addr=10.0.0.9:80", "n=NaN"
  };

  /** {@code kept}: indices into LINES. */
  record Case(String filter, List<Integer> kept) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case("n = \"10\"", List.of(0)),
        new Case("n != \"10\"", List.of(1, 2, 3, 4)),
        new Case("n = \"\"", List.of(3)),
        new Case("n =~ \"1\"", List.of()),
        new Case("n =~ \"1.+|abc\"", List.of(0, 2)),
        new Case("n !~ \"1.+|abc\"", List.of(1, 3, 4)),
        new Case("n =~ \"\"", List.of(0, 1, 2, 3, 4)),
        new Case("n !~ \"\"", List.of()),
        new Case("app = \"web\" and x = \"1\"", List.of(3)),
        new Case("n > 1", List.of(0, 2)),
        new Case("n >= 0.5", List.of(0, 1, 2)),
        new Case("n < 1", List.of(1, 2)),
        new Case("n != 10", List.of(1, 2, 4)),
        new Case("n == 10", List.of(0, 2)),
        new Case("d > 500ms", List.of(0, 2)),
        new Case("d <= 250ms", List.of(1, 2)),
        new Case("b > 1KB", List.of(0, 2)),
        new Case("b = 512B", List.of(1, 2)),
        new Case("n > 1 | __error__ = \"\"", List.of(0)),
        new Case("n > 1 or x = \"1\"", List.of(0, 2, 3)),
        new Case("(n > 1 and d > 1m) or x = \"1\"", List.of(2, 3)),
        new Case("addr = ip(\"10.0.0.0/24\")", List.of(3)),
        new Case("addr != ip(\"10.0.0.0/24\")", List.of()),
        new Case("n > 100 | addr = ip(\"10.0.0.0/24\")", List.of(2)),
        new Case("missing > 0", List.of()),
        new Case("missing != 0", List.of()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keeps(Case c) {
    assertEquals(
        c.kept.stream().map(i -> LINES[i]).toList(),
        Rows.lines(Rows.run("| logfmt | " + c.filter, LINES)));
  }

  /** The first error of a row stays. */
  record Fault(String filter, String details) {}

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("n > 1", "strconv.ParseFloat: parsing \"abc\": invalid syntax"),
        new Fault("d > 1s", "time: missing unit in duration \"90\""),
        new Fault("b > 1KB", "strconv.ParseFloat: parsing \"\": invalid syntax"),
        new Fault("n > 1 and d > 1s", "strconv.ParseFloat: parsing \"abc\": invalid syntax"),
        new Fault("d > 1s | n > 1", "time: missing unit in duration \"90\""));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void keepsWhatCannotBeConvertedAsAnError(Fault f) {
    assertEquals(
        Labels.of(
            "__error__",
            "LabelFilterErr",
            "__error_details__",
            f.details,
            "n",
            "abc",
            "d",
            "90",
            "b",
            "big"),
        Rows.added("| logfmt | " + f.filter, LINES[2]));
  }

  @Test
  void seesTheErrorStateButNoLabelOfThatName() {
    assertEquals(
        List.of("__error__=fake"),
        Rows.lines(Rows.run("| logfmt | __error__=\"\"", "__error__=fake")));
    assertEquals(List.of("{"), Rows.lines(Rows.run("| json | __error__=~\"JSON.*\"", "{", "{}")));
  }
}
