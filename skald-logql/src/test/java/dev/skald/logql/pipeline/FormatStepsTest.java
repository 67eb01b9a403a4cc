package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.pipeline.Rows.Row;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code line_format} and {@code label_format}; what templates can do is tested with them. */
final class FormatStepsTest {
  private static final String LINE = "v=2 op=read";

  /** After {@code | logfmt} on LINE. */
  record Case(String stages, String line, Labels labels) {
    static Case of(String stages, String line, String... labels) {
      return new Case("| logfmt " + stages, line, Labels.of(labels));
    }
  }

  static Stream<Case> cases() {
    String error =
        "template: label:1:4: executing \"label\" at <.v.x>: can't evaluate field x in type string";
    return Stream.of(
        Case.of("| line_format `{{.op}}`", "read", "app", "web", "v", "2", "op", "read"),
        Case.of("| line_format `{{.app}}`", "web", "app", "web", "v", "2", "op", "read"),
        Case.of("| line_format `{{.nope}}`", "", "app", "web", "v", "2", "op", "read"),
        Case.of(
            "| line_format `{{.op | upper}} {{.app}} {{__line__}}` | line_format `<{{__line__}}>`",
            "<READ web v=2 op=read>",
            "app",
            "web",
            "v",
            "2",
            "op",
            "read"),
        Case.of(
            "| line_format `x=1` | logfmt", "x=1", "app", "web", "v", "2", "op", "read", "x", "1"),
        Case.of("| line_format `a` |= `a`", "a", "app", "web", "v", "2", "op", "read"),
        Case.of("| label_format o=op", LINE, "app", "web", "v", "2", "o", "read"),
        Case.of("| label_format o=nope", LINE, "app", "web", "v", "2", "op", "read"),
        Case.of("| label_format op=op", LINE, "app", "web", "v", "2"),
        Case.of("| label_format a=op, b=op", LINE, "app", "web", "v", "2", "a", "read"),
        Case.of("| label_format a=app", LINE, "a", "web", "v", "2", "op", "read"),
        Case.of("| label_format app=`x{{.app}}`", LINE, "app", "xweb", "v", "2", "op", "read"),
        Case.of(
            "| label_format n=`{{.nope}}`", LINE, "app", "web", "v", "2", "op", "read", "n", ""),
        Case.of(
            "| label_format x=op, y=`{{.op}}|{{.x}}`",
            LINE,
            "app",
            "web",
            "v",
            "2",
            "x",
            "read",
            "y",
            "|read"),
        Case.of(
            "| label_format y=`{{.op}}`, x=op",
            LINE,
            "app",
            "web",
            "v",
            "2",
            "x",
            "read",
            "y",
            "read"),
        Case.of(
            "| label_format a=`{{.v}}`, b=`{{.a}}`",
            LINE,
            "app",
            "web",
            "v",
            "2",
            "op",
            "read",
            "a",
            "2",
            "b",
            ""),
        Case.of(
            "| label_format v=`{{.op}}`, op=`{{.v}}`", LINE, "app", "web", "v", "read", "op", "2"),
        Case.of(
            "| label_format a=`{{.v.x}}`, b=`ok`",
            LINE,
            "app",
            "web",
            "v",
            "2",
            "op",
            "read",
            "b",
            "ok",
            "__error__",
            "TemplateFormatErr",
            "__error_details__",
            error),
        Case.of(
            "| label_format a=`{{.v.x}}` | line_format `{{.__error__}}.`",
            "TemplateFormatErr.",
            "app",
            "web",
            "v",
            "2",
            "op",
            "read",
            "__error__",
            "TemplateFormatErr",
            "__error_details__",
            error));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void formats(Case c) {
    assertEquals(List.of(new Row(c.line, c.labels)), Rows.run(c.stages, LINE));
  }

  @Test
  void outputBeyondTheLimitIsAnErrorOfTheRow() {
    LogExpr log = (LogExpr) LogqlParser.parse("{app=\"web\"} | line_format `{{repeat 11 \"x\"}}`");
    PipelineLimits limits = new PipelineLimits(() -> 0, ZoneOffset.UTC, 10);
    EntryBatch page = Rows.page(List.of(LINE));
    Row row = Rows.run(Pipeline.compile(log.stages(), LabelDemand.ALL, limits), page).getFirst();
    assertEquals(LINE, row.line());
    assertEquals("TemplateFormatErr", row.labels().get("__error__"));
  }

  @Test
  void parsersExtractWhatTemplatesRead() {
    LogExpr log =
        (LogExpr) LogqlParser.parse("{app=\"web\"} | logfmt | label_format o=`{{.op}}`, w=v");
    Pipeline pipeline = Pipeline.compile(log.stages(), LabelDemand.only(Set.of("o")), Rows.LIMITS);
    assertEquals(
        Labels.of("app", "web", "op", "read", "o", "read", "w", "2"),
        Rows.run(pipeline, Rows.page(List.of("x=1 " + LINE + " y=2"))).getFirst().labels());
  }
}
