package dev.skald.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.LokiReading;
import dev.skald.model.Direction;
import dev.skald.testkit.script.LoadedEntry;
import dev.skald.testkit.script.Script;
import dev.skald.testkit.script.ScriptAnswer;
import dev.skald.testkit.script.ScriptFailure;
import dev.skald.testkit.script.ScriptRunner;
import dev.skald.testkit.script.ScriptTarget;
import dev.skald.testkit.script.Scripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No part of the language is without a script: every kind of node and every operator that the
 * parser can produce stands in a query of some script, and so does every template function.
 */
final class ScriptsCoverLanguageTest {
  private static final LanguageParts PARTS = new LanguageParts();

  @BeforeAll
  static void readQueries() {
    for (Script script : Scripts.all()) {
      try {
        new ScriptRunner().run(script, new QueryReader(dialect(script)));
      } catch (ScriptFailure expected) {
        // The reader answers nothing: only the queries matter here.
      }
    }
  }

  private static Dialect dialect(Script script) {
    return switch (script.dialect()) {
      case LOKI -> Dialect.LOKI;
      case SKALD -> Dialect.SKALD;
    };
  }

  static Stream<Class<?>> types() {
    return LanguageParts.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyPartIsAsked(Class<?> type) {
    assertEquals(Set.of(), PARTS.missing(type));
  }

  @Test
  void everyTemplateFunctionIsAsked() {
    assertEquals(Set.of(), PARTS.missingFunctions());
  }

  @Test
  void orderIsAsked() {
    assertTrue(PARTS.hasOrdering());
  }

  static List<Script> extensions() {
    return Scripts.all().stream().filter(s -> s.dialect() == Script.Dialect.SKALD).toList();
  }

  /** Scripts in Skald's dialect are about what Loki's has not, or means otherwise. */
  @ParameterizedTest
  @MethodSource("extensions")
  void extensionsAreNotLogql(Script script) {
    List<String> queries = new ArrayList<>();
    assertThrows(
        ScriptFailure.class,
        () -> new ScriptRunner().run(script, new QueryReader(Dialect.SKALD, queries::add)));
    long refused = queries.stream().filter(ScriptsCoverLanguageTest::isBeyondLogql).count();
    assertTrue(2 * refused >= queries.size(), refused + " of " + queries.size());
  }

  /** Refused, or read otherwise, or with a filter on the entry's time, which Loki takes for a label. */
  private static boolean isBeyondLogql(String query) {
    try {
      Expr parsed = LogqlParser.parse(query, new GoTemplateCheck());
      return query.contains("__timestamp__") || !LokiReading.of(parsed).equals(parsed);
    } catch (LogqlSyntaxException e) {
      return true;
    }
  }

  /** Parses what it is asked, and knows nothing. */
  private record QueryReader(Dialect dialect, Consumer<String> queries) implements ScriptTarget {
    QueryReader(Dialect dialect) {
      this(dialect, _ -> {});
    }

    @Override
    public void load(List<LoadedEntry> entries) {}

    @Override
    public ScriptAnswer evalInstant(String query, long timeEpochNanos) {
      return take(query);
    }

    @Override
    public ScriptAnswer evalRange(
        String query, long startEpochNanos, long endEpochNanos, long stepNanos) {
      return take(query);
    }

    @Override
    public ScriptAnswer evalLogs(
        String query, long startEpochNanos, long endEpochNanos, int limit, Direction direction) {
      return take(query);
    }

    private ScriptAnswer take(String query) {
      queries.accept(query);
      try {
        PARTS.read(LogqlParser.parse(query, new GoTemplateCheck(), dialect));
        return new ScriptAnswer.Failure("not executed");
      } catch (LogqlSyntaxException e) {
        return new ScriptAnswer.Failure(String.valueOf(e.getMessage()));
      }
    }
  }
}
