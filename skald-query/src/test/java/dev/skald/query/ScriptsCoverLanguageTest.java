package dev.skald.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.LabelCondition;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.Stage;
import dev.skald.model.Direction;
import dev.skald.model.Matcher;
import dev.skald.testkit.script.LoadedEntry;
import dev.skald.testkit.script.Script;
import dev.skald.testkit.script.ScriptAnswer;
import dev.skald.testkit.script.ScriptFailure;
import dev.skald.testkit.script.ScriptRunner;
import dev.skald.testkit.script.ScriptTarget;
import dev.skald.testkit.script.Scripts;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No part of the language is without a script: every kind of node and every operator that the
 * parser can produce stands in a query of some script, and so does every template function.
 */
final class ScriptsCoverLanguageTest {
  /** Parsed, and refused when it is executed. */
  private static final Set<Class<?>> NOT_EXECUTED = Set.of(MetricExpr.Variants.class);

  /** Beyond LogQL: the examples of docs/language/extensions.md are run instead. */
  private static final Set<Class<?>> NOT_LOGQL =
      Set.of(
          Stage.Unwrap.class,
          LabelCondition.Timestamp.class,
          LabelCondition.TimestampText.class,
          MetricExpr.Stats.class,
          MetricExpr.Program.class,
          MetricExpr.Reference.class);

  /** Spec logql.md 7: the functions, and what Go's templates have built in. */
  private static final String TEMPLATE_FUNCTIONS =
      """
      __line__ __timestamp__ now date toDate toDateInZone unixEpoch unixEpochMillis unixEpochNanos
      unixToTime duration duration_seconds bytes lower upper title trunc substr contains hasPrefix
      hasSuffix indent nindent replace repeat trim trimAll trimPrefix trimSuffix default int float64
      add sub mul div mod max min addf subf mulf divf maxf minf ceil floor round fromJson count
      regexReplaceAll regexReplaceAllLiteral urlencode urldecode b64enc b64dec alignLeft alignRight
      ToLower ToUpper Replace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimSpace
      and or not eq ne lt le gt ge len index slice print printf println html js urlquery call
      if else end with range break continue
      """;

  /** Constants of enums and classes of records that are somewhere in a parsed query. */
  private static final Set<Object> FOUND = new HashSet<>();

  /** Words of the actions of all templates. */
  private static final Set<String> WORDS = new HashSet<>();

  @BeforeAll
  static void readQueries() {
    for (Script script : Scripts.all()) {
      try {
        new ScriptRunner().run(script, new QueryReader());
      } catch (ScriptFailure expected) {
        // The reader answers nothing: only the queries matter here.
      }
    }
  }

  static Stream<Class<? extends Enum<?>>> operators() {
    return Stream.of(
        Matcher.Op.class,
        Stage.LineMatch.class,
        Stage.LogfmtFlag.class,
        LabelCondition.Comparison.class,
        MetricExpr.RangeFunction.class,
        MetricExpr.Conversion.class,
        MetricExpr.VectorOperator.class,
        MetricExpr.GroupingKind.class,
        MetricExpr.BinaryOperator.class,
        MetricExpr.OnKind.class,
        MetricExpr.Cardinality.class);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void everyOperatorIsAsked(Class<? extends Enum<?>> type) {
    assertEquals(Set.of(), without(List.of(type.getEnumConstants()), FOUND));
  }

  static Stream<Class<?>> nodes() {
    return Stream.of(
        Stage.class,
        Stage.Operand.class,
        Stage.Format.class,
        Stage.Named.class,
        LabelCondition.class,
        MetricExpr.class);
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void everyKindOfNodeIsAsked(Class<?> sealed) {
    Set<Object> kinds = new HashSet<>(Arrays.asList(sealed.getPermittedSubclasses()));
    kinds.removeAll(NOT_EXECUTED);
    kinds.removeAll(NOT_LOGQL);
    assertEquals(Set.of(), without(kinds, FOUND));
  }

  @Test
  void everyTemplateFunctionIsAsked() {
    assertEquals(Set.of(), without(List.of(TEMPLATE_FUNCTIONS.strip().split("\\s+")), WORDS));
  }

  private static Set<String> without(Collection<?> wanted, Set<?> found) {
    Set<String> missing = new TreeSet<>();
    wanted.stream().filter(one -> !found.contains(one)).forEach(one -> missing.add("" + one));
    return missing;
  }

  /** Notes what is in a tree, its lists and its templates. */
  private static void read(@Nullable Object node) {
    switch (node) {
      case null -> {}
      case List<?> list -> list.forEach(ScriptsCoverLanguageTest::read);
      case Optional<?> one -> one.ifPresent(ScriptsCoverLanguageTest::read);
      case Enum<?> constant -> FOUND.add(constant);
      case Record branch -> {
        FOUND.add(branch.getClass());
        readTemplate(branch);
        for (RecordComponent component : branch.getClass().getRecordComponents()) {
          try {
            read(component.getAccessor().invoke(branch));
          } catch (ReflectiveOperationException e) {
            throw new LinkageError(String.valueOf(e.getMessage()), e);
          }
        }
      }
      default -> {}
    }
  }

  private static void readTemplate(Record node) {
    String template =
        switch (node) {
          case Stage.LineFormat line -> line.template();
          case Stage.Format.Template label -> label.template();
          default -> "";
        };
    for (String part : template.split("(?=\\{\\{)")) {
      String action = part.startsWith("{{") ? part.split("}}", 2)[0] : "";
      String words = action.replaceAll("\"(\\\\.|[^\"\\\\])*\"", " ");
      WORDS.addAll(List.of(words.split("[^.$A-Za-z0-9_]+")));
    }
  }

  /** Parses what it is asked, and knows nothing. */
  private static final class QueryReader implements ScriptTarget {
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

    private static ScriptAnswer take(String query) {
      try {
        read(LogqlParser.parse(query, new GoTemplateCheck()));
        return new ScriptAnswer.Failure("not executed");
      } catch (LogqlSyntaxException e) {
        return new ScriptAnswer.Failure(String.valueOf(e.getMessage()));
      }
    }
  }
}
