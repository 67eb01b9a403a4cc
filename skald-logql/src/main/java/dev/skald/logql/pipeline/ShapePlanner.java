package dev.skald.logql.pipeline;

import dev.skald.model.Shape;
import org.jspecify.annotations.Nullable;

/** Says what a parser makes of the lines of a shape. One thread. */
@FunctionalInterface
interface ShapePlanner {
  /** Null: lines of the shape are to be looked at one by one. */
  @Nullable ShapePlan plan(Shape shape);
}
