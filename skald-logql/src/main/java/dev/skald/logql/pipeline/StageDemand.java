package dev.skald.logql.pipeline;

import dev.skald.logql.syntax.LabelCondition;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.Stage.Format;
import dev.skald.logql.syntax.Stage.Named;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which labels the stages of a query look at themselves: with what the caller asks for, what
 * parsers must extract.
 */
final class StageDemand {
  private LabelDemand demand;

  private StageDemand(LabelDemand demand) {
    this.demand = demand;
  }

  static LabelDemand of(
      LabelDemand callers, List<? extends Stage> stages, @Nullable Unwrapping unwrapping) {
    StageDemand all = new StageDemand(callers);
    stages.forEach(all::add);
    if (unwrapping != null) {
      all.add(List.of(unwrapping.unwrap().label()));
      unwrapping.unwrap().filters().forEach(all::add);
    }
    return all.demand;
  }

  private void add(Collection<String> names) {
    demand = demand.plus(names);
  }

  private void add(Stage stage) {
    switch (stage) {
      case Stage.LabelFilter filter -> add(namesOf(filter.condition()));
      case Stage.Unwrap unwrap -> add(List.of(unwrap.label()));
      case Stage.Drop drop -> add(matched(drop.labels()));
      case Stage.Keep keep -> add(matched(keep.labels()));
      case Stage.LineFormat format -> addTemplate("line", format.template());
      case Stage.LabelFormat format -> format.formats().forEach(this::add);
      case Stage.LineFilter _,
          Stage.Json _,
          Stage.Logfmt _,
          Stage.Regexp _,
          Stage.Pattern _,
          Stage.Unpack _,
          Stage.Decolorize _,
          Stage.Extracted _ -> {}
    }
  }

  private void add(Format format) {
    switch (format) {
      case Format.Rename rename -> add(List.of(rename.source()));
      case Format.Template template -> addTemplate("label", template.template());
    }
  }

  private void addTemplate(String name, String text) {
    demand = TemplateStage.plus(demand, TemplateStage.parse(name, text));
  }

  /** Labels whose values decide what is dropped or kept. */
  private static List<String> matched(List<Named> labels) {
    return labels.stream().filter(Named.Matching.class::isInstance).map(Named::name).toList();
  }

  private static Set<String> namesOf(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text text -> Set.of(text.matcher().name());
      case LabelCondition.Numeric c -> Set.of(c.name());
      case LabelCondition.Duration c -> Set.of(c.name());
      case LabelCondition.Bytes c -> Set.of(c.name());
      case LabelCondition.Ip c -> Set.of(c.name());
      case LabelCondition.Timestamp _, LabelCondition.TimestampText _ ->
          Set.of(LabelCondition.Timestamp.NAME);
      case LabelCondition.And(LabelCondition left, LabelCondition right) -> both(left, right);
      case LabelCondition.Or(LabelCondition left, LabelCondition right) -> both(left, right);
    };
  }

  private static Set<String> both(LabelCondition left, LabelCondition right) {
    Set<String> names = new HashSet<>(namesOf(left));
    names.addAll(namesOf(right));
    return names;
  }
}
