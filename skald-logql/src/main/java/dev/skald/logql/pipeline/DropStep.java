package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.RowBatch.PlaceTest;
import dev.skald.logql.syntax.Stage.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code drop a, b="x"}: removes labels, by name or when their value matches (spec logql.md 6.13).
 */
final class DropStep implements Step {
  /** A label to drop; {@code when} null: always. */
  private record Dropped(int nameId, @Nullable PlaceTest when) {}

  private final List<Dropped> labels;

  private DropStep(List<Dropped> labels) {
    this.labels = List.copyOf(labels);
  }

  static Step.Source compile(List<Named> labels) {
    List<LabelTest> tests = new ArrayList<>();
    for (Named label : labels) {
      tests.add(
          switch (label) {
            case Named.Name _ -> _ -> _ -> true;
            case Named.Matching matching -> LabelTest.of(matching.matcher());
          });
    }
    return batch -> {
      List<Dropped> dropped = new ArrayList<>();
      for (int i = 0; i < labels.size(); i++) {
        boolean always = labels.get(i) instanceof Named.Name;
        dropped.add(
            new Dropped(
                batch.names().id(labels.get(i).name()), always ? null : tests.get(i).bind(batch)));
      }
      return new DropStep(dropped);
    };
  }

  @Override
  public void apply(RowBatch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int place = batch.place(i);
      for (Dropped label : labels) {
        if (label.when == null || label.when.test(place)) {
          batch.remove(place, label.nameId);
        }
      }
    }
  }
}
