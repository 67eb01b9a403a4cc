package dev.skald.logql.engine;

import static dev.skald.logql.engine.StepVectors.ONE_STEP;
import static dev.skald.logql.engine.StepVectors.series;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class VectorAggregationStepTest {
  private static final List<StepSeries> VECTOR =
      List.of(
          series(1, "a", "x", "b", "1"),
          series(Double.NaN, "a", "x", "b", "2"),
          series(4, "a", "y", "b", "1"),
          series(4, "a", "y", "b", "2"),
          series(-2, "b", "3"));

  /** {@code head}: the query without the vector. */
  record Case(String head, List<String> expected) {}

  private static Case of(String head, String... expected) {
    return new Case(head, List.of(expected));
  }

  static Stream<Case> cases() {
    return Stream.of(
        of("count", "{} 5.0"),
        of("sum", "{} NaN"),
        of("sum by (a)", "{a=\"x\"} NaN", "{a=\"y\"} 8.0", "{} -2.0"),
        of("sum without (b)", "{a=\"x\"} NaN", "{a=\"y\"} 8.0", "{} -2.0"),
        of("avg by (b)", "{b=\"1\"} 2.5", "{b=\"2\"} NaN", "{b=\"3\"} -2.0"),
        of("min", "{} -2.0"),
        of("max", "{} 4.0"),
        of("max by (a)", "{a=\"x\"} 1.0", "{a=\"y\"} 4.0", "{} -2.0"),
        of("stddev by (b)", "{b=\"1\"} 1.5", "{b=\"2\"} NaN", "{b=\"3\"} 0.0"),
        of("stdvar by (b)", "{b=\"1\"} 2.25", "{b=\"2\"} NaN", "{b=\"3\"} 0.0"),
        of("topk 1", "{a=\"y\", b=\"1\"} 4.0"),
        of("topk 3", "{a=\"y\", b=\"1\"} 4.0", "{a=\"y\", b=\"2\"} 4.0", "{a=\"x\", b=\"1\"} 1.0"),
        of("bottomk 2", "{b=\"3\"} -2.0", "{a=\"x\", b=\"1\"} 1.0"),
        of("topk by (a) 1", "{a=\"x\", b=\"1\"} 1.0", "{a=\"y\", b=\"1\"} 4.0", "{b=\"3\"} -2.0"),
        of(
            "bottomk by (a) 5",
            "{a=\"x\", b=\"1\"} 1.0",
            "{a=\"x\", b=\"2\"} NaN",
            "{a=\"y\", b=\"1\"} 4.0",
            "{a=\"y\", b=\"2\"} 4.0",
            "{b=\"3\"} -2.0"),
        of("approx_topk 1", "{a=\"y\", b=\"1\"} 4.0"),
        of(
            "sort",
            "{b=\"3\"} -2.0",
            "{a=\"x\", b=\"1\"} 1.0",
            "{a=\"y\", b=\"1\"} 4.0",
            "{a=\"y\", b=\"2\"} 4.0",
            "{a=\"x\", b=\"2\"} NaN"),
        of(
            "sort_desc",
            "{a=\"y\", b=\"1\"} 4.0",
            "{a=\"y\", b=\"2\"} 4.0",
            "{a=\"x\", b=\"1\"} 1.0",
            "{b=\"3\"} -2.0",
            "{a=\"x\", b=\"2\"} NaN"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aggregates(Case c) {
    int last = c.head.lastIndexOf(' ');
    boolean hasK = last >= 0 && Character.isDigit(c.head.charAt(last + 1));
    String query =
        hasK
            ? c.head.substring(0, last) + "(" + c.head.substring(last + 1) + ", vector(0))"
            : c.head + "(vector(0))";
    VectorAggregation aggregation = (VectorAggregation) LogqlParser.parse(query);
    assertEquals(
        c.expected,
        StepVectors.texts(
            VectorAggregationStep.apply(aggregation, VECTOR, ONE_STEP, Meters.ample())));
  }
}
