package dev.skald.logql.engine;

import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** Short ways to write and read vectors of one step. */
final class StepVectors {
  static final StepGrid ONE_STEP = new StepGrid(0, 1, 1);

  private StepVectors() {}

  /** A series with one value. */
  static StepSeries series(double value, String... labels) {
    StepSeries series = new StepSeries(Labels.of(labels), 1);
    series.set(0, value);
    return series;
  }

  /** Labels and value, in order. */
  static List<String> texts(List<StepSeries> series) {
    List<String> texts = new ArrayList<>();
    for (StepSeries one : series) {
      texts.add(one.labels() + " " + (one.has(0) ? one.value(0) : "-"));
    }
    return texts;
  }
}
