package dev.skald.query;

import dev.skald.logql.syntax.Field;
import dev.skald.logql.syntax.LabelCondition;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.Ordering;
import dev.skald.logql.syntax.SortKey;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.StatsFunction;
import dev.skald.logql.syntax.StatsStep;
import dev.skald.model.Matcher;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which parts of the language some queries have: kinds of nodes, operators, template functions. */
public final class LanguageParts {
  /** Parsed, and refused when it is executed; and what no text has. */
  private static final Set<Object> NOT_EXECUTED =
      Set.of(
          MetricExpr.Variants.class,
          Stage.Extracted.class,
          MetricExpr.RangeFunction.RATE_COUNTER_UNSTRETCHED);

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

  /** Constants of enums and classes of records that are somewhere in a query. */
  private final Set<Object> found = new HashSet<>();

  /** Words of the actions of all templates. */
  private final Set<String> words = new HashSet<>();

  /** Enums whose constants are operators and functions, and sealed kinds of nodes. */
  public static Stream<Class<?>> types() {
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
        MetricExpr.Cardinality.class,
        StatsFunction.Kind.class,
        SortKey.Order.class,
        Stage.class,
        Stage.Operand.class,
        Stage.Format.class,
        Stage.Named.class,
        LabelCondition.class,
        MetricExpr.class,
        StatsStep.class,
        Field.class);
  }

  /** Names of template functions, and words of the template language. */
  public static List<String> templateFunctions() {
    return List.of(TEMPLATE_FUNCTIONS.strip().split("\\s+"));
  }

  /** Notes what is in a tree, its lists and its templates. */
  public void read(@Nullable Object node) {
    switch (node) {
      case null -> {}
      case List<?> list -> list.forEach(this::read);
      case Optional<?> one -> one.ifPresent(this::read);
      case Enum<?> constant -> found.add(constant);
      case Record branch -> {
        found.add(branch.getClass());
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

  private void readTemplate(Record node) {
    String template =
        switch (node) {
          case Stage.LineFormat line -> line.template();
          case Stage.Format.Template label -> label.template();
          default -> "";
        };
    for (String part : template.split("(?=\\{\\{)")) {
      String action = part.startsWith("{{") ? part.split("}}", 2)[0] : "";
      String outsideStrings = action.replaceAll("\"(\\\\.|[^\"\\\\])*\"", " ");
      words.addAll(List.of(outsideStrings.split("[^.$A-Za-z0-9_]+")));
    }
  }

  /** Constants or kinds of a type of {@link #types} that no query has had. */
  public Set<String> missing(Class<?> type) {
    Set<Object> kinds =
        new HashSet<>(
            List.of(type.isEnum() ? type.getEnumConstants() : type.getPermittedSubclasses()));
    kinds.removeAll(NOT_EXECUTED);
    return without(kinds, found);
  }

  /** Template functions that no query has had. */
  public Set<String> missingFunctions() {
    return without(templateFunctions(), words);
  }

  /** Whether a log query had {@code order by}, of which nothing but this tells. */
  public boolean hasOrdering() {
    return found.contains(Ordering.class) && found.contains(LogExpr.class);
  }

  private static Set<String> without(Collection<?> wanted, Set<?> found) {
    Set<String> missing = new TreeSet<>();
    wanted.stream().filter(one -> !found.contains(one)).forEach(one -> missing.add("" + one));
    return missing;
  }
}
