package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.model.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code logfmt} with and without expressions; the cases are recorded answers of the reference. */
final class LogfmtStepTest {
  record Case(String stages, String line, Labels added) {
    static Case of(String stages, String line, String... added) {
      return new Case(stages, line, Labels.of(added));
    }

    static Case strict(String line, String fault, String... added) {
      String[] all = Arrays.copyOf(added, added.length + 4);
      all[added.length] = "__error__";
      all[added.length + 1] = "LogfmtParserErr";
      all[added.length + 2] = "__error_details__";
      all[added.length + 3] = "logfmt syntax error at pos " + fault;
      return of("| logfmt --strict", line, all);
    }
  }

  static Stream<Case> cases() {
    String logfmt = "| logfmt";
    String keep = "| logfmt --keep-empty";
    return Stream.of(
        Case.of(
            logfmt,
            "a=1 b=two c=\"three four\"\td=\"q\\\"\\\\ \\n\\u00e9\\/\\'\"",
            "a",
            "1",
            "b",
            "two",
            "c",
            "three four",
            "d",
            "q\"\\ \né/'"),
        Case.of(logfmt, "a.b=1 a-b=2 1st=3 é=4 日本=5", "a_b", "1", "_1st", "3", "_", "4", "__", "5"),
        Case.of(logfmt, "a=1 a=2 a=3", "a", "1"),
        Case.of(logfmt, "bare key=value bare2", "key", "value"),
        Case.of(logfmt, "empty=\"\" e2= x=1", "x", "1"),
        Case.of(logfmt, "a= a=1", "a", "1"),
        Case.of(logfmt, "=nokey x=1", "x", "1"),
        Case.of(logfmt, "x=\"a\"b y=2", "x", "a", "y", "2"),
        Case.of(logfmt, "x=a\"b y=2", "y", "2"),
        Case.of(logfmt, "x==y z=1", "z", "1"),
        Case.of(logfmt, "x=\"unterminated y=1"),
        Case.of(logfmt, "a =\"b\" c=2", "c", "2"),
        Case.of(logfmt, "\"quoted key\"=v x=1", "x", "1"),
        Case.of(logfmt, "esc=\"\\ud83d\\ude00\" lone=\"\\ud800\"", "esc", "😀", "lone", " "),
        Case.of(logfmt, "x=\"bad \\q escape\" y=1", "y", "1"),
        Case.of(logfmt, "x=\"\\u12\" y=1", "y", "1"),
        Case.of(logfmt, "app=spoof r=\uFFFD", "app_extracted", "spoof", "r", " "),
        Case.of(logfmt, "level=info msg=ok \"", "level", "info", "msg", "ok"),
        Case.of(keep, "a= b c=\"\" d=4", "a", "", "b", "", "c", "", "d", "4"),
        Case.strict("=nokey x=1", "1 : unexpected '='"),
        Case.strict("x=\"unterminated", "16 : unterminated quoted value"),
        Case.strict("a=1 x==y z=1", "7 : unexpected '='", "a", "1"),
        Case.strict("x=a\"b y=2", "4 : unexpected '\"'"),
        Case.strict("x=\"bad \\q escape\" y=1", "18 : invalid quoted value"),
        Case.strict("\uFFFD=1", "4 : invalid key"),
        Case.of("| logfmt lvl=\"level\", msg", "level=warn x=1", "lvl", "warn", "msg", ""),
        Case.of("| logfmt dup", "dup=1 other=x dup=2", "dup", "2"),
        Case.of("| logfmt app", "app=spoof", "app_extracted", "spoof"),
        Case.of("| logfmt app", "x=1"),
        Case.of("| logfmt | logfmt a=\"b\"", "a=1 b=2", "a", "2", "b", "2"),
        Case.of("| logfmt | logfmt a=\"c\"", "a=1 b=2", "a", "", "b", "2"),
        Case.of("| logfmt | logfmt a=\"c\", a=\"b\"", "a=1 b=2", "a", "2", "b", "2"),
        Case.of("| logfmt a, b | drop a | logfmt", "a=1 b=2", "a", "1", "b", "2"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void extracts(Case c) {
    assertEquals(c.added, Rows.added(c.stages, c.line));
  }

  @Test
  void stopsWhenAllThatIsNeededIsFound() {
    LogExpr log = (LogExpr) LogqlParser.parse("{app=\"web\"} | logfmt --strict");
    Pipeline pipeline = Pipeline.compile(log.stages(), LabelDemand.only(Set.of("b")), Rows.LIMITS);
    assertEquals(
        Labels.of("app", "web", "b", "2"),
        Rows.run(pipeline, Rows.page(List.of("a=1 b=2 =fault"))).getFirst().labels());
  }
}
