package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.Span;
import dev.skald.logql.syntax.Stage;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PipelineTest {
  record Facts(String stages, LabelDemand demand, boolean isFilterOnly, boolean readsLines) {}

  static Stream<Facts> facts() {
    LabelDemand all = LabelDemand.ALL;
    LabelDemand nothing = LabelDemand.NOTHING;
    return Stream.of(
        new Facts("", all, true, false),
        new Facts("|= `a` !~ `b`", all, true, true),
        new Facts("| app=`web`", all, false, false),
        new Facts("| drop app | keep x", all, false, false),
        new Facts("| label_format a=app", all, false, false),
        new Facts("| label_format a=`{{.app}}`", all, false, true),
        new Facts("| json", all, false, true),
        new Facts("| json | logfmt |= `a`", nothing, true, true),
        new Facts("| json | x=`1`", nothing, false, true),
        new Facts("| unpack", nothing, false, true));
  }

  @ParameterizedTest
  @MethodSource("facts")
  void tellsWhatItNeeds(Facts facts) {
    Pipeline pipeline = compile(facts.stages, facts.demand);
    assertEquals(facts.isFilterOnly, pipeline.isFilterOnly());
    assertEquals(facts.readsLines, pipeline.readsLines());
  }

  private static Pipeline compile(String stages, LabelDemand demand) {
    LogExpr log = (LogExpr) LogqlParser.parse("{app=\"web\"} " + stages);
    return Pipeline.compile(log.stages(), demand, Rows.LIMITS);
  }

  @Test
  void filtersSeeTheLineOfTheirTurn() {
    String stages = "|= `a` | logfmt | v > 1 |= `b` | line_format `{{.v}}` |= `3`";
    assertEquals(
        List.of("3"), Rows.lines(Rows.run(stages, "v=3 ab", "v=33 a", "v=1 ab", "v=2 ab3")));
  }

  @Test
  void readsNoLinesWithoutNeed() {
    EntryBatch page = Rows.page(List.of("x"));
    RowBatch batch =
        compile("| app=`web`", LabelDemand.ALL).newRun().run(page, Selection.all(1), 0, 1);
    assertEquals(1, batch.count());
    assertEquals(1, batch.lineEnd(0) - batch.lineStart(0));
  }

  @Test
  void metadataLiesOverTheStream() {
    EntryBatch page = new EntryBatch();
    Labels metadata =
        Labels.of("app", "meta", "__error__", "E", "__error_details__", "D", "user", "7");
    page.add(page.stream(Rows.STREAM), 1, new byte[0], 0, 0, page.metadataSet(metadata));
    RowBatch batch = compile("", LabelDemand.ALL).newRun().run(page, Selection.all(1), 0, 1);
    RowLabels labels = batch.labels(0);
    assertEquals(Labels.of("app", "web"), labels.stream());
    assertEquals(Labels.of("app_extracted", "meta", "user", "7"), labels.structuredMetadata());
    assertEquals(Labels.of("__error__", "E", "__error_details__", "D"), labels.parsed());
    assertEquals("meta", labels.get("app_extracted"));
    assertEquals("E", labels.get("__error__"));
    assertTrue(labels.hasError());
  }

  @Test
  void parserErrorsAreKeptForThoseWhoAskForThem() {
    String json = "| json";
    Labels plain = errors(json, LabelDemand.only(Set.of("a")));
    Labels asked = errors(json, LabelDemand.only(Set.of("a", "__error__")));
    assertEquals("", plain.get("__preserve_error__"));
    assertEquals("true", asked.get("__preserve_error__"));
  }

  private static Labels errors(String stages, LabelDemand demand) {
    return Rows.run(compile(stages, demand), Rows.page(List.of("{"))).getFirst().labels();
  }

  @Test
  void keysTellRowsApart() {
    Pipeline pipeline = compile("| logfmt", LabelDemand.ALL);
    EntryBatch page = Rows.page(List.of("a=1 b=2", "a=1 b=2 x=", "a=12 b=", "b=2"));
    RowBatch batch = pipeline.newRun().run(page, Selection.all(4), 0, 4);
    List<String> keys = new ArrayList<>();
    KeyBuffer key = new KeyBuffer();
    KeyBuffer first = new KeyBuffer();
    batch.labels(0).appendAll(first);
    for (int i = 0; i < 4; i++) {
      key.reset();
      batch.labels(i).appendAll(key);
      boolean isFirst = key.equalTo(first.toByteArray(), 0, first.length());
      assertEquals(isFirst, key.hash() == first.hash());
      key.reset();
      boolean found = batch.labels(i).appendValue("a", key);
      keys.add(isFirst + " " + found + " " + key.length());
    }
    assertEquals(List.of("true true 2", "true true 2", "false true 3", "false false 1"), keys);
  }

  @Test
  void refusesWhatDoesNotCompile() {
    List<Stage> stages = List.of(new Stage.Regexp("(", Span.NONE));
    SkaldException e =
        assertThrows(
            SkaldException.class, () -> Pipeline.compile(stages, LabelDemand.ALL, Rows.LIMITS));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
  }

  @Test
  void namesOfLogsAreForgottenBeforeTheyFillTheMemory() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      lines.add("key" + i + "=x keep=" + i % 10);
    }
    Pipeline pipeline = compile("| logfmt | drop nope", LabelDemand.ALL);
    List<Rows.Row> rows = Rows.run(pipeline, Rows.page(lines));
    for (int i = 0; i < rows.size(); i++) {
      Labels expected = Labels.of("app", "web", "key" + i, "x", "keep", Integer.toString(i % 10));
      assertEquals(expected, rows.get(i).labels());
    }
  }
}
