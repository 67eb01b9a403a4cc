package dev.skald.logql.engine;

import dev.skald.error.SkaldException;
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
import dev.skald.testkit.script.ScriptRunner;
import dev.skald.testkit.script.ScriptTarget;
import dev.skald.testkit.script.Scripts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of all features, run by the engine over pages in memory. */
final class ScriptsOverMemoryTest {
  static List<Script> scripts() {
    return Scripts.all();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void answersAsTheScriptExpects(Script script) {
    new ScriptRunner().run(script, new MemoryTarget(dialect(script)));
  }

  private static Dialect dialect(Script script) {
    return switch (script.dialect()) {
      case LOKI -> Dialect.LOKI;
      case SKALD -> Dialect.SKALD;
    };
  }

  /** One page with everything that was loaded. */
  private static final class MemoryTarget implements ScriptTarget {
    private final List<MemoryPages.Row> rows = new ArrayList<>();
    private final Dialect dialect;

    MemoryTarget(Dialect dialect) {
      this.dialect = dialect;
    }

    @Override
    public void load(List<LoadedEntry> entries) {
      for (LoadedEntry loaded : entries) {
        rows.add(
            new MemoryPages.Row(
                loaded.stream(),
                loaded.entry().timestampEpochNanos(),
                loaded.entry().line(),
                loaded.entry().structuredMetadata()));
      }
    }

    @Override
    public ScriptAnswer evalInstant(String query, long timeEpochNanos) {
      return run(
          query,
          new QueryParams(
              QueryParams.Kind.INSTANT,
              timeEpochNanos - 3600 * EngineFixture.SECOND,
              timeEpochNanos,
              0,
              0,
              100,
              Direction.BACKWARD));
    }

    @Override
    public ScriptAnswer evalRange(
        String query, long startEpochNanos, long endEpochNanos, long stepNanos) {
      return run(query, EngineFixture.range(startEpochNanos, endEpochNanos, stepNanos));
    }

    @Override
    public ScriptAnswer evalLogs(
        String query, long startEpochNanos, long endEpochNanos, int limit, Direction direction) {
      return run(
          query,
          new QueryParams(
              QueryParams.Kind.RANGE, startEpochNanos, endEpochNanos, 1, 0, limit, direction));
    }

    private ScriptAnswer run(String query, QueryParams params) {
      try {
        Expr parsed = LogqlParser.parse(query, new GoTemplateCheck(), dialect);
        Expr read =
            switch (dialect) {
              case LOKI -> LokiReading.of(parsed);
              case SKALD -> parsed;
            };
        return new ScriptAnswer.Success(
            EngineFixture.ENGINE
                .run(read, params, EngineFixture.AMPLE, MemoryPages.single(rows))
                .result());
      } catch (LogqlSyntaxException | SkaldException e) {
        return new ScriptAnswer.Failure(String.valueOf(e.getMessage()));
      }
    }
  }
}
