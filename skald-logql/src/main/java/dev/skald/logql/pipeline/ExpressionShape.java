package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.ShapePlan.Fault;

/** Adds what a plan says of a row by the rules of {@link ExpressionLabels}; keys are indices of identifiers. */
final class ExpressionShape implements ShapeLabels {
  private final RowBatch batch;
  private final ExpressionLabels labels;
  private final Unfound unfound;
  private final boolean preservesErrors;

  /** When identifiers that are not found become empty labels. */
  enum Unfound {
    /** Before: whatever an earlier stage set them to. */
    EMPTIED,
    /** Afterwards, where there is no label of the name. */
    ADDED
  }

  ExpressionShape(RowBatch batch, ExpressionLabels labels, Unfound unfound, LabelDemand demand) {
    this.batch = batch;
    this.labels = labels;
    this.unfound = unfound;
    preservesErrors = ParserErrors.arePreserved(demand);
  }

  @Override
  public void add(BoundPlan plan, int place, int row) {
    Fault fault = plan.plan().fault();
    if (fault != null) {
      ParserErrors.set(batch, place, fault.error(), fault.details(), preservesErrors);
      return;
    }
    if (unfound == Unfound.EMPTIED) {
      labels.empty(place);
    }
    for (int value = 0; value < plan.valueCount(); value++) {
      LabelColumn column = plan.column(value);
      if (column != null) {
        labels.addColumn(place, plan.key(value), column, plan.position(value, row));
      } else {
        byte[] constant = plan.constant(value);
        labels.add(place, plan.key(value), constant, 0, constant.length);
      }
    }
    if (unfound == Unfound.ADDED) {
      labels.addMissing(place);
    }
  }
}
