package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.model.EntryBatch;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class UnwrapStepTest {
  /** {@code samples}: value and labels of each row that is a sample. */
  record Case(String unwrap, Unwrapping.Label label, String line, List<String> samples) {}

  static Stream<Case> cases() {
    Unwrapping.Label removed = Unwrapping.Label.REMOVED;
    Unwrapping.Label kept = Unwrapping.Label.KEPT;
    return Stream.of(
        new Case("v", removed, "v=1.5 op=read", List.of("1.5 {app=\"web\", op=\"read\"}")),
        new Case("v", kept, "v=1.5", List.of("1.5 {app=\"web\", v=\"1.5\"}")),
        new Case("v", removed, "v=-Inf", List.of("-Infinity {app=\"web\"}")),
        new Case("v", removed, "v= op=read", List.of()),
        new Case("nope", removed, "v=1", List.of()),
        new Case("duration(v)", removed, "v=1m30s", List.of("90.0 {app=\"web\"}")),
        new Case("duration_seconds(v)", removed, "v=250ms", List.of("0.25 {app=\"web\"}")),
        new Case("bytes(v)", removed, "v=2KB", List.of("2000.0 {app=\"web\"}")),
        new Case("bytes(v)", removed, "v=15EiB", List.of("1.7293822569102705E19 {app=\"web\"}")),
        new Case(
            "v",
            removed,
            "v=oops",
            List.of(
                "0.0 {__error__=\"SampleExtractionErr\", __error_details__="
                    + "\"strconv.ParseFloat: parsing \\\"oops\\\": invalid syntax\","
                    + " app=\"web\"}")),
        new Case("v | __error__=\"\"", removed, "v=oops", List.of()),
        new Case("v | v > 2", removed, "v=3", List.of("3.0 {app=\"web\"}")),
        new Case("v | v > 2", removed, "v=1", List.of()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesSamples(Case c) {
    RangeAggregation aggregation =
        (RangeAggregation)
            LogqlParser.parse(
                "sum_over_time({app=\"web\"} | logfmt | unwrap " + c.unwrap + " [1m])");
    Unwrapping unwrapping =
        new Unwrapping(Objects.requireNonNull(aggregation.range().unwrap()), c.label);
    Pipeline pipeline =
        Pipeline.compile(
            aggregation.range().log().stages(), unwrapping, LabelDemand.ALL, Rows.LIMITS);
    EntryBatch page = Rows.page(List.of(c.line));
    RowBatch batch = pipeline.newRun().run(page, Selection.all(1), 0, 1);
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      samples.add(batch.value(i) + " " + batch.labels(i).merged());
    }
    assertEquals(c.samples, samples);
  }
}
