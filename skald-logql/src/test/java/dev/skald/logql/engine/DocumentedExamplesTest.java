package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.logql.engine.LanguagePage.Block;
import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Direction;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.QueryResult.Streams;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of docs/language are run. Code blocks there come in four kinds: {@code logs} holds
 * entries (selector, second, line), {@code logql} a query, and behind it stands the {@code answer},
 * lines or series, or the {@code error}.
 */
final class DocumentedExamplesTest {
  /** Its queries are not LogQL. */
  private static final String EXTENSIONS = "extensions.md";

  private static final int EXAMPLES_MIN = 60;

  /** A query of a page, and what stands behind it. */
  record Example(LanguagePage page, String query, Block expected) {
    @Override
    public String toString() {
      return page + ": " + query;
    }
  }

  static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (LanguagePage page : LanguagePage.all()) {
      List<Block> blocks = page.blocks();
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i).kind().equals("logql")) {
          Block next = blocks.get(i + 1);
          assertTrue(List.of("answer", "error").contains(next.kind()), "behind " + blocks.get(i));
          examples.add(new Example(page, blocks.get(i).text(), next));
        }
      }
    }
    return examples;
  }

  static Stream<Example> answered() {
    return examples().stream().filter(example -> example.expected().kind().equals("answer"));
  }

  static Stream<Example> refused() {
    return examples().stream().filter(example -> example.expected().kind().equals("error"));
  }

  @ParameterizedTest
  @MethodSource("answered")
  void giveTheAnswerOfThePage(Example example) {
    boolean showsLabels = LanguagePage.startsWithLabels(example.expected().text());
    assertEquals(example.expected().text(), answer(example, showsLabels));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void areRefusedAsThePageSays(Example example) {
    var e =
        assertThrows(
            LogqlSyntaxException.class,
            () -> LogqlParser.parse(example.query(), new GoTemplateCheck()));
    assertEquals(example.expected().text(), e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("answered")
  void areLogqlUnlessThePageSaysOtherwise(Example example) {
    if (example.page().name().equals(EXTENSIONS)) {
      assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse(example.query()));
    } else {
      assertDoesNotThrow(() -> LogqlParser.parse(example.query()));
    }
  }

  @Test
  void areThere() {
    assertTrue(examples().size() >= EXAMPLES_MIN, "examples: " + examples().size());
  }

  private static String answer(Example example, boolean showsLabels) {
    MemoryPages pages = MemoryPages.single(example.page().rows());
    var expr = LogqlParser.parse(example.query(), new GoTemplateCheck(), Dialect.SKALD);
    QueryParams params =
        expr instanceof LogExpr
            ? new QueryParams(QueryParams.Kind.RANGE, 0, Extended.END, 0, 0, 100, Direction.FORWARD)
            : new QueryParams(
                QueryParams.Kind.INSTANT,
                Extended.END - 3600 * EngineFixture.SECOND,
                Extended.END,
                0,
                0,
                100,
                Direction.BACKWARD);
    return switch (EngineFixture.extended(example.query(), params, pages)) {
      case Streams streams -> lines(streams, showsLabels);
      case QueryResult.Vector(var series) -> Extended.text(series).replace("; ", "\n");
      case QueryResult.Scalar(var sample) -> Double.toString(sample.value());
      case QueryResult.Matrix matrix -> throw new AssertionError("a matrix: " + matrix);
    };
  }

  private record Line(long epochNanos, String text) {}

  private static String lines(Streams answer, boolean showsLabels) {
    List<Line> lines = new ArrayList<>();
    for (ResultStream stream : answer.streams()) {
      for (ResultEntry entry : stream.entries()) {
        String labels = showsLabels ? labels(stream.stream(), entry) + " " : "";
        lines.add(new Line(entry.timestampEpochNanos(), labels + entry.line()));
      }
    }
    if (answer.order() == Streams.Order.BY_LABELS) {
      lines.sort((a, b) -> Long.compare(a.epochNanos, b.epochNanos));
    }
    return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
  }

  private static Labels labels(Labels stream, ResultEntry entry) {
    Map<String, String> all = new TreeMap<>();
    for (Labels part : List.of(stream, entry.structuredMetadata(), entry.parsed())) {
      for (Label label : part.sorted()) {
        all.put(label.name(), label.value());
      }
    }
    return Labels.of(all);
  }
}
