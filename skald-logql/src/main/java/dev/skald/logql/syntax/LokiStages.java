package dev.skald.logql.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order in which Loki does things in a pipeline (spec logql.md 5 and 6):
 *
 * <ul>
 *   <li>line filters are moved ahead of {@code decolorize}, unless a stage between them needs what
 *       is before it
 *   <li>label filters are asked already while a parser extracts their label
 *   <li>a name that a parser has extracted is not extracted again
 * </ul>
 */
final class LokiStages {
  private final List<Stage> stages;

  private LokiStages(List<Stage> stages) {
    this.stages = stages;
  }

  static List<Stage> of(List<Stage> written) {
    LokiStages ordered = new LokiStages(lineFiltersFirst(written));
    List<Stage> read = new ArrayList<>();
    for (int i = 0; i < ordered.stages.size(); i++) {
      read.add(ordered.stages.get(i));
      ordered.extracted(i).ifPresent(read::add);
    }
    return read;
  }

  private static List<Stage> lineFiltersFirst(List<Stage> written) {
    List<Stage> ordered = new ArrayList<>();
    int decolorize = -1; // since the last stage that line filters do not pass
    for (Stage stage : written) {
      if (stage instanceof Stage.LineFilter && decolorize >= 0) {
        ordered.add(decolorize++, stage);
        continue;
      }
      if (stage instanceof Stage.LineFormat
          || stage instanceof Stage.Unpack
          || stage instanceof Stage.LabelFilter) {
        decolorize = -1;
      } else if (stage instanceof Stage.Decolorize && decolorize < 0) {
        decolorize = ordered.size();
      }
      ordered.add(stage);
    }
    return ordered;
  }

  /** What happens to the labels of the parser at {@code index}, if it is one and it makes a difference. */
  private Optional<Stage> extracted(int index) {
    if (!isParser(stages.get(index))) {
      return Optional.empty();
    }
    List<Stage.LabelFilter> tests = new ArrayList<>();
    Set<String> converted = new HashSet<>();
    boolean hasChanged = false;
    boolean matters = false;
    for (Stage stage : stages.subList(index + 1, stages.size())) {
      if (stage instanceof Stage.LabelFilter filter) {
        Optional<String> name = singleName(filter.condition());
        if (name.isPresent()) {
          tests.add(filter);
          matters |= hasChanged;
          if (!(filter.condition() instanceof LabelCondition.Text)) {
            converted.add(name.get());
          }
        }
      }
      matters |= hasChanged && isParser(stage);
      hasChanged |= changesLabels(stage);
    }
    matters |= converted.size() > 1; // the first to fail names the error
    return matters
        ? Optional.of(new Stage.Extracted(tests, stages.get(index).span()))
        : Optional.empty();
  }

  /** The label of a condition that asks one thing of one label; what Loki asks early. */
  private static Optional<String> singleName(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text text -> Optional.of(text.matcher().name());
      case LabelCondition.Numeric c -> Optional.of(c.name());
      case LabelCondition.Duration c -> Optional.of(c.name());
      case LabelCondition.Bytes c -> Optional.of(c.name());
      case LabelCondition.Ip c -> Optional.of(c.name());
      case LabelCondition.And _,
          LabelCondition.Or _,
          // Loki refuses what follows
          LabelCondition.Timestamp _,
          LabelCondition.TimestampText _ ->
          Optional.empty();
    };
  }

  private static boolean isParser(Stage stage) {
    return switch (stage) {
      case Stage.Json json -> json.extractions().isEmpty();
      case Stage.Logfmt logfmt -> logfmt.extractions().isEmpty();
      case Stage.Regexp _, Stage.Pattern _, Stage.Unpack _ -> true;
      case Stage.LineFilter _,
          Stage.LabelFilter _,
          Stage.LineFormat _,
          Stage.LabelFormat _,
          Stage.Decolorize _,
          Stage.Unwrap _,
          Stage.Drop _,
          Stage.Keep _,
          Stage.Extracted _ ->
          false;
    };
  }

  /** Whether a label may have another value, or none, behind the stage. */
  private static boolean changesLabels(Stage stage) {
    return switch (stage) {
      case Stage.Json json -> !json.extractions().isEmpty();
      case Stage.Logfmt logfmt -> !logfmt.extractions().isEmpty();
      case Stage.LabelFormat _, Stage.Drop _, Stage.Keep _ -> true;
      case Stage.Regexp _,
          Stage.Pattern _,
          Stage.Unpack _,
          Stage.LineFilter _,
          Stage.LabelFilter _,
          Stage.LineFormat _,
          Stage.Decolorize _,
          Stage.Unwrap _,
          Stage.Extracted _ ->
          false;
    };
  }
}
