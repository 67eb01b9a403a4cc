package dev.skald.logql.pipeline;

import dev.skald.model.Shape;
import dev.skald.model.ShapedLines;
import dev.skald.model.SlotColumn;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parser at work on lines as they were stored. Lines that are taken apart into shapes are parsed once per shape; their
 * values stay in their columns until somebody asks. All other lines, and those that a shape's plan says nothing of, are
 * read and given to the parser itself, which is the definition.
 */
final class ShapedParser implements Step {
  /** Plans kept: a shape is found again in the next page. */
  private static final int PLANS_MAX = 1 << 14;

  private final LineParser parser;
  private final ShapePlanner planner;
  private final ShapeLabels labels;
  private final Map<Shape, Planned> plans = new HashMap<>();
  private int generation;

  /** Of the page at hand, by shape. */
  private @Nullable ShapedLines lines;

  private @Nullable Bound[] boundByShape = new Bound[0];
  private final int[] rest = new int[RowBatch.ROWS_MAX];

  /** A shape's plan; null: none. */
  private record Planned(@Nullable ShapePlan plan) {}

  /** A shape's plan on a page. */
  private record Bound(@Nullable BoundPlan plan) {}

  /**
   * @param labels where values go to, as the parser would add them
   */
  ShapedParser(LineParser parser, ShapePlanner planner, ShapeLabels labels) {
    this.parser = parser;
    this.planner = planner;
    this.labels = labels;
  }

  @Override
  public void apply(RowBatch batch) {
    ShapedLines shaped = batch.shaped();
    if (shaped == null) {
      parser.apply(batch);
      return;
    }
    turnTo(batch, shaped);
    int[] shapes = shaped.shapeOrdinals();
    int restCount = 0;
    for (int i = 0; i < batch.count(); i++) {
      int place = batch.place(i);
      int row = batch.pageRowAt(place);
      BoundPlan plan = bound(batch, shaped, row, shapes[row]).plan();
      if (plan != null && plan.saysAllOf(row)) {
        labels.add(plan, place, row);
      } else {
        rest[restCount++] = place;
      }
    }
    if (restCount > 0) {
      batch.loadLinesOf(rest, restCount);
      for (int i = 0; i < restCount; i++) {
        parser.parse(batch, rest[i]);
      }
    }
  }

  /** Whether it is known how rows before were labelled, {@link BoundPlan#labelling}. */
  boolean remembersLabellings() {
    return labels instanceof FirstWinsShape;
  }

  /** The plan of a shape on the page that was parsed last, if there is one and it was needed before. */
  @Nullable BoundPlan known(ShapedLines shaped, int shape) {
    Bound known = lines == shaped ? boundByShape[shape] : null;
    return known == null ? null : known.plan();
  }

  private void turnTo(RowBatch batch, ShapedLines shaped) {
    if (generation != batch.names().generation() || plans.size() > PLANS_MAX) {
      generation = batch.names().generation();
      plans.clear();
      lines = null;
    }
    if (lines != shaped) {
      lines = shaped;
      boundByShape = new Bound[shaped.shapeCount()];
    }
  }

  private Bound bound(RowBatch batch, ShapedLines shaped, int row, int ordinal) {
    Bound known = boundByShape[ordinal];
    if (known == null) {
      Shape shape = shaped.shape(ordinal);
      Planned planned = plans.get(shape);
      if (planned == null) {
        planned = new Planned(plan(batch, shaped, row, ordinal));
        plans.put(shape, planned);
      }
      ShapePlan plan = planned.plan();
      known = new Bound(plan == null ? null : new BoundPlan(batch, shaped, ordinal, plan));
      boundByShape[ordinal] = known;
    }
    return known;
  }

  private @Nullable ShapePlan plan(RowBatch batch, ShapedLines shaped, int row, int ordinal) {
    Shape shape = shaped.shape(ordinal);
    ShapePlan plan = planner.plan(shape);
    if (plan != null && new BoundPlan(batch, shaped, ordinal, plan).saysAllOf(row)) {
      return plan;
    }
    ShapePlan like = planner.planLike(shape, () -> values(shaped, row, ordinal));
    return like == null ? plan : like;
  }

  private static byte[][] values(ShapedLines shaped, int row, int ordinal) {
    byte[][] values = new byte[shaped.shape(ordinal).slotCount()][];
    for (int slot = 0; slot < values.length; slot++) {
      int number = shaped.column(ordinal, slot);
      SlotColumn column = shaped.column(number);
      int position = shaped.positions(number)[row];
      values[slot] = new byte[column.length(position)];
      column.copy(position, values[slot], 0);
    }
    return values;
  }
}
