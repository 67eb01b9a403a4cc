package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.Stage.LineMatch;
import dev.skald.model.EntryBatch;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LineFilterStepTest {
  private static final List<String> LINES =
      List.of("level=info GET /a", "level=error GET /b", "", "ERROR é", "a\nb");

  /** {@code kept}: indices into LINES. */
  record Case(LineMatch match, List<String> texts, List<Integer> kept) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(LineMatch.CONTAINS, List.of("GET"), List.of(0, 1)),
        new Case(LineMatch.CONTAINS, List.of("error"), List.of(1)),
        new Case(LineMatch.CONTAINS, List.of("é"), List.of(3)),
        new Case(LineMatch.CONTAINS, List.of(""), List.of(0, 1, 2, 3, 4)),
        new Case(LineMatch.CONTAINS, List.of("info", "ERROR"), List.of(0, 3)),
        new Case(LineMatch.CONTAINS, List.of("", "ERROR"), List.of(3)),
        new Case(LineMatch.CONTAINS, List.of("/alevel"), List.of()),
        new Case(LineMatch.CONTAINS, List.of("", ""), List.of(0, 1, 2, 3, 4)),
        new Case(LineMatch.NOT_CONTAINS, List.of("GET"), List.of(2, 3, 4)),
        new Case(LineMatch.NOT_CONTAINS, List.of("/alevel"), List.of(0, 1, 2, 3, 4)),
        new Case(LineMatch.NOT_CONTAINS, List.of(""), List.of()),
        new Case(LineMatch.NOT_CONTAINS, List.of("info", "ERROR"), List.of(1, 2, 4)),
        new Case(LineMatch.REGEX, List.of("(?i)error"), List.of(1, 3)),
        new Case(LineMatch.REGEX, List.of("a.b"), List.of()),
        new Case(LineMatch.REGEX, List.of("^$"), List.of(2)),
        new Case(LineMatch.NOT_REGEX, List.of("(?i)error"), List.of(0, 2, 4)),
        new Case(LineMatch.NOT_REGEX, List.of("^$", "GET"), List.of(3, 4)),
        new Case(LineMatch.PATTERN, List.of("", "<_>GET<_>"), List.of(0, 1, 2)),
        new Case(LineMatch.NOT_PATTERN, List.of("", "<_>GET<_>"), List.of(3, 4)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void keepsOnStoredLines(Case c) {
    Pipeline pipeline = compile(List.of(stage(c)));
    EntryBatch page = Rows.page(LINES);
    assertEquals(c.kept.stream().map(LINES::get).toList(), Rows.lines(Rows.run(pipeline, page)));
    Selection rows = Selection.all(LINES.size());
    pipeline.newRun().filter(page, rows);
    assertEquals(c.kept.toString(), rows.toString());
  }

  private static Stage stage(Case c) {
    return Rows.filter(c.match, c.texts.toArray(String[]::new));
  }

  private static Pipeline compile(List<Stage> stages) {
    return Pipeline.compile(stages, LabelDemand.ALL, Rows.LIMITS);
  }

  /** Few letters and short lines make hits that run over line ends, touch, and overlap. */
  @RepeatedTest(200)
  void narrowsAsOneLineAtATime(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(3000); i >= 0; i--) {
      lines.add(letters(random, random.nextInt(8)));
    }
    EntryBatch page = Rows.page(lines);
    Selection rows = Selection.all(lines.size());
    int percent = random.nextInt(101);
    rows.keep(_ -> random.nextInt(100) < percent);
    LineMatch match = random.nextBoolean() ? LineMatch.CONTAINS : LineMatch.NOT_CONTAINS;
    String first = letters(random, 1 + random.nextInt(4));
    String second = letters(random, 1 + random.nextInt(2));

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < rows.count(); i++) {
      String line = lines.get(rows.row(i));
      if (line.contains(first) != match.negative() && line.contains(second)) {
        expected.add(line);
      }
    }

    Pipeline pipeline =
        compile(List.of(Rows.filter(match, first), Rows.filter(LineMatch.CONTAINS, second)));
    assertEquals(expected, Rows.lines(Rows.run(pipeline, page, rows)), "seed " + seed);
    pipeline.newRun().filter(page, rows);
    List<String> filtered = new ArrayList<>();
    for (int i = 0; i < rows.count(); i++) {
      filtered.add(lines.get(rows.row(i)));
    }
    assertEquals(expected, filtered, "seed " + seed);
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(4) == 0 ? 'b' : 'a');
    }
    return text.toString();
  }
}
