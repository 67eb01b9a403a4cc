package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.BoundPlan.Labelling;
import dev.skald.logql.pipeline.ShapePlan.Fault;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds what a plan says of a row by the rules of {@link FirstWins}; keys are name ids. What becomes of a row depends on
 * its labels alone, so rows that start with the same labels, none of them parsed, are treated as one before.
 */
final class FirstWinsShape implements ShapeLabels {
  private final RowBatch batch;
  private final FirstWins labels;
  private final boolean preservesErrors;
  private int[] values = new int[16];
  private int[] targets = new int[16];

  FirstWinsShape(RowBatch batch, LabelDemand demand) {
    this.batch = batch;
    labels = new FirstWins(batch, demand);
    preservesErrors = ParserErrors.arePreserved(demand);
  }

  @Override
  public void add(BoundPlan plan, int place, int row) {
    ParsedLabels parsed = batch.parsed();
    boolean isFresh = parsed.first(place) < 0 && parsed.firstRemoved(place) < 0;
    Labelling before = isFresh ? plan.labelling(batch.base(place)) : null;
    if (before != null && areAllThere(plan, before.values(), row)) {
      int[] known = before.values();
      for (int i = 0; i < known.length; i++) {
        put(plan, known[i], place, row, before.targets()[i]);
      }
      batch.setBase(place, before.after());
      return;
    }
    labels.begin(place);
    Fault fault = plan.plan().fault();
    if (fault != null) {
      if (!labels.isComplete()) {
        ParserErrors.set(batch, place, fault.error(), fault.details(), preservesErrors);
      }
      return;
    }
    BaseLabels base = batch.base(place);
    int count = find(plan, place, row);
    if (isFresh && count >= 0) {
      plan.remember(
          new Labelling(
              base,
              Arrays.copyOf(values, count),
              Arrays.copyOf(targets, count),
              batch.base(place)));
    }
  }

  private static boolean areAllThere(BoundPlan plan, int[] values, int row) {
    for (int value : values) {
      if (plan.isAbsent(value, row)) {
        return false;
      }
    }
    return true;
  }

  /** Adds the labels one by one. Returns how many, or -1 if a value was not there. */
  private int find(BoundPlan plan, int place, int row) {
    int count = 0;
    boolean isWhole = true;
    if (values.length < plan.valueCount()) {
      values = new int[plan.valueCount()];
      targets = new int[plan.valueCount()];
    }
    for (int value = 0; value < plan.valueCount() && !labels.isComplete(); value++) {
      int target = labels.target(plan.key(value));
      if (target < 0) {
        continue;
      }
      if (plan.isAbsent(value, row)) {
        isWhole = false;
        continue;
      }
      labels.take(target);
      batch.hide(place, target);
      put(plan, value, place, row, target);
      values[count] = value;
      targets[count++] = target;
    }
    return isWhole ? count : -1;
  }

  private void put(BoundPlan plan, int value, int place, int row, int target) {
    @Nullable LabelColumn column = plan.column(value);
    if (column == null) {
      byte[] constant = plan.constant(value);
      batch.parsed().add(place, target, constant, 0, constant.length);
    } else {
      batch.parsed().addColumn(place, target, column, plan.position(value, row));
    }
  }
}
