package dev.skald.logql.engine;

import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.logql.pipeline.LabelNumber;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.logql.syntax.Field;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.SortKey;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.StatsFunction;
import dev.skald.logql.syntax.StatsStep;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What follows {@code stats}: filters, orders, limits, in the order written. */
final class StatsSteps {
  private final MetricExpr.Stats stats;
  private final PipelineLimits limits;
  private final QueryMeter meter;

  StatsSteps(MetricExpr.Stats stats, PipelineLimits limits, QueryMeter meter) {
    this.stats = stats;
    this.limits = limits;
    this.meter = meter;
  }

  /**
   * @param rows by label set
   */
  List<StatsRow> apply(List<StatsRow> rows) {
    List<StatsRow> left = rows;
    for (StatsStep step : stats.steps()) {
      left =
          switch (step) {
            case StatsStep.Having(Stage.LabelFilter filter) -> having(filter, left);
            case StatsStep.Sort(List<SortKey> keys) -> sorted(keys, left);
            case StatsStep.Limit(int count) -> left.subList(0, Math.min(count, left.size()));
          };
    }
    return left;
  }

  /** Results and columns are labels of a row here, so that all conditions on labels work. */
  private List<StatsRow> having(Stage.LabelFilter filter, List<StatsRow> rows) {
    EntryBatch page = new EntryBatch();
    int none = page.stream(Labels.EMPTY);
    for (StatsRow row : rows) {
      page.add(none, 0, new byte[0], 0, 0, page.metadataSet(named(row)));
    }
    PipelineRun run = Pipeline.compile(List.of(filter), LabelDemand.NOTHING, limits).newRun(meter);
    Selection all = Selection.all(rows.size());
    List<StatsRow> kept = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += PipelineRun.BATCH_ROWS) {
      int to = Math.min(rows.size(), from + PipelineRun.BATCH_ROWS);
      RowBatch batch = run.run(page, all, from, to);
      for (int i = 0; i < batch.count(); i++) {
        kept.add(rows.get(batch.pageRow(i)));
      }
    }
    return kept;
  }

  private Labels named(StatsRow row) {
    Map<String, String> all = new HashMap<>();
    for (Label label : row.labels().sorted()) {
      all.put(label.name(), label.value());
    }
    List<StatsFunction> functions = stats.functions();
    for (int i = 0; i < functions.size(); i++) {
      all.put(functions.get(i).name(), Double.toString(row.results().get(i)));
    }
    return Labels.of(all);
  }

  private List<StatsRow> sorted(List<SortKey> keys, List<StatsRow> rows) {
    record Keyed(StatsRow row, List<SortValue> values) {}
    List<Keyed> keyed = new ArrayList<>(rows.size());
    for (StatsRow row : rows) {
      keyed.add(new Keyed(row, keys.stream().map(key -> value(key.field(), row)).toList()));
    }
    keyed.sort(
        (a, b) -> {
          for (int i = 0; i < keys.size(); i++) {
            int order = EntryOrder.compare(a.values.get(i), b.values.get(i), keys.get(i).order());
            if (order != 0) {
              return order;
            }
          }
          return a.row.labels().compareTo(b.row.labels());
        });
    return keyed.stream().map(Keyed::row).toList();
  }

  private SortValue value(Field field, StatsRow row) {
    return switch (field) {
      case Field.Value(String name) -> SortValue.of(row.results().get(indexOf(name)));
      case Field.Label(String name) -> text(row.labels().get(name));
      case Field.Line(String name) -> text(row.labels().get(name));
      case Field.EntryTime(String name) -> text(row.labels().get(name));
    };
  }

  private static SortValue text(String value) {
    return new SortValue(LabelNumber.of(value), value);
  }

  private int indexOf(String name) {
    for (int i = 0; i < stats.functions().size(); i++) {
      if (stats.functions().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException("stats has no result named " + name);
  }
}
