package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.RowBatch.PlaceTest;
import dev.skald.logql.syntax.LabelCondition;
import dev.skald.logql.syntax.Stage.LabelFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tests labels in the order in which the parser before has extracted them, each by the filters of
 * its name; see {@link dev.skald.logql.syntax.Stage.Extracted}.
 */
final class ExtractedStep implements Step {
  private final ParsedLabels parsed;
  private final Map<Integer, List<PlaceTest>> testsByName = new HashMap<>();

  private ExtractedStep(RowBatch batch) {
    parsed = batch.parsed();
    parsed.recall();
  }

  static Step.Source compile(List<LabelFilter> filters) {
    List<LabelTest> tests =
        filters.stream().map(filter -> LabelTest.of(filter.condition())).toList();
    return batch -> {
      ExtractedStep step = new ExtractedStep(batch);
      for (int i = 0; i < tests.size(); i++) {
        int nameId = batch.names().id(name(filters.get(i).condition()));
        if (nameId > NameTable.ERROR_DETAILS) { // those are not extracted, whatever a line says
          PlaceTest test = tests.get(i).bind(batch);
          step.testsByName.computeIfAbsent(nameId, _ -> new ArrayList<>()).add(test);
        }
      }
      return step;
    };
  }

  private static String name(LabelCondition condition) {
    return switch (condition) {
      case LabelCondition.Text text -> text.matcher().name();
      case LabelCondition.Numeric c -> c.name();
      case LabelCondition.Duration c -> c.name();
      case LabelCondition.Bytes c -> c.name();
      case LabelCondition.Ip c -> c.name();
      case LabelCondition.And _,
          LabelCondition.Or _,
          LabelCondition.Timestamp _,
          LabelCondition.TimestampText _ ->
          throw new IllegalArgumentException("not of one label: " + condition);
    };
  }

  @Override
  public void apply(RowBatch batch) {
    batch.keep(this::passes);
  }

  private boolean passes(int place) {
    for (int slot = parsed.first(place); slot >= 0; slot = parsed.next(slot)) {
      if (parsed.takeUntested(slot)) {
        for (PlaceTest test : testsByName.getOrDefault(parsed.nameId(slot), List.of())) {
          if (!test.test(place)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
