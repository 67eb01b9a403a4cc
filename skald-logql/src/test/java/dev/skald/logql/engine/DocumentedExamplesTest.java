package dev.skald.logql.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.logql.engine.MemoryPages.Row;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.TemplateCheck;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of docs/language/extensions.md are run. Its code blocks come in three kinds: {@code
 * logs} holds entries (selector, second, line), {@code logql} a query, {@code answer} the lines or
 * series that it gives.
 */
final class DocumentedExamplesTest {
  private static final String FENCE = "```";

  /** A code block. */
  record Block(String kind, List<String> lines) {}

  /** A query of the page and its answer. */
  record Example(String query, List<String> answer) {}

  private static List<Block> blocks() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("ARCHITECTURE.md"))) {
      here = here.getParent();
      if (here == null) {
        throw new AssertionError("ARCHITECTURE.md is not above " + Path.of("").toAbsolutePath());
      }
    }
    List<Block> blocks = new ArrayList<>();
    List<String> open = null;
    String kind = "";
    for (String line : Files.readAllLines(here.resolve("docs/language/extensions.md"))) {
      if (!line.startsWith(FENCE)) {
        if (open != null) {
          open.add(line);
        }
      } else if (open == null) {
        kind = line.substring(FENCE.length());
        open = new ArrayList<>();
      } else {
        blocks.add(new Block(kind, open));
        open = null;
      }
    }
    return blocks;
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    List<Block> blocks = blocks();
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).kind.equals("logql")) {
        assertEquals("answer", blocks.get(i + 1).kind, "behind " + blocks.get(i).lines);
        examples.add(new Example(String.join("\n", blocks.get(i).lines), blocks.get(i + 1).lines));
      }
    }
    return examples;
  }

  private static MemoryPages pages() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Block block : blocks()) {
      if (block.kind.equals("logs")) {
        for (String line : block.lines) {
          int brace = line.indexOf('}') + 1;
          int blank = line.indexOf(' ', brace + 1);
          List<Label> labels = new ArrayList<>();
          for (Matcher matcher : LogqlParser.parseMatchers(line.substring(0, brace))) {
            labels.add(new Label(matcher.name(), matcher.value()));
          }
          rows.add(
              Extended.line(
                  Labels.of(labels),
                  Long.parseLong(line.substring(brace + 1, blank)),
                  line.substring(blank + 1)));
        }
      }
    }
    return MemoryPages.single(rows);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void giveTheAnswerOfThePage(Example example) throws IOException {
    Expr expr = LogqlParser.parse(example.query(), TemplateCheck.NONE, Dialect.SKALD);
    String answer =
        switch (expr) {
          case LogExpr _ -> Extended.lines(example.query(), pages()).replace(", ", "\n");
          case MetricExpr _ -> Extended.vector(example.query(), pages()).replace("; ", "\n");
        };
    assertEquals(String.join("\n", example.answer()), answer);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areRefusedInLokisDialect(Example example) {
    assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parse(example.query()));
  }

  @Test
  void areThere() throws IOException {
    assertTrue(examples().size() >= 10, "examples: " + examples().size());
  }
}
