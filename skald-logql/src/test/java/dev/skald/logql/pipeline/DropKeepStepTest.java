package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Selection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DropKeepStepTest {
  record Case(String stages, Labels left) {
    static Case of(String stages, String... left) {
      return new Case(stages, Labels.of(left));
    }
  }

  static Stream<Case> cases() {
    String error = "__error__";
    String details = "__error_details__";
    String fault = "strconv.ParseFloat: parsing \"read\": invalid syntax";
    return Stream.of(
        Case.of("| drop app", "v", "2", "op", "read"),
        Case.of("| drop v, op, nope", "app", "web"),
        Case.of("| drop op=\"read\"", "app", "web", "v", "2"),
        Case.of("| drop op=\"scan\", v=~\".\"", "app", "web", "op", "read"),
        Case.of("| drop app!=\"web\"", "app", "web", "v", "2", "op", "read"),
        Case.of("| op > 5 | drop __error__, __error_details__, app, v", "op", "read"),
        Case.of("| op > 5 | drop app, v, op, __error_details__", error, "LabelFilterErr"),
        Case.of(
            "| op > 5 | drop __error__=\"Other\" | keep x",
            error,
            "LabelFilterErr",
            details,
            fault),
        Case.of("| keep v", "v", "2"),
        Case.of("| keep app, nope", "app", "web"),
        Case.of("| keep op=~\"r.*\"", "op", "read"),
        Case.of("| keep op=\"scan\", app!=\"x\"", "app", "web"),
        Case.of("| keep v | keep op"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leaves(Case c) {
    assertEquals(c.left, Rows.run("| logfmt " + c.stages, "v=2 op=read").getFirst().labels());
  }

  @Test
  void worksOnEachLayer() {
    EntryBatch page = new EntryBatch();
    byte[] line = ByteSlice.utf8("v=1 pod=line");
    int metadata = page.metadataSet(Labels.of("pod", "p", "app", "m"));
    page.add(page.stream(Labels.of("app", "web", "env", "")), 5, line, 0, line.length, metadata);
    RowBatch batch =
        Rows.compile("| logfmt | drop pod | keep app, v, app_extracted, pod_extracted")
            .newRun()
            .run(page, Selection.all(1), 0, 1);
    RowLabels labels = batch.labels(0);
    assertEquals(Labels.of("app", "web"), labels.stream());
    assertEquals(Labels.of("app_extracted", "m"), labels.structuredMetadata());
    assertEquals(Labels.of("v", "1", "pod_extracted", "line"), labels.parsed());
    assertEquals(5, batch.timestampEpochNanos(0));
  }
}
