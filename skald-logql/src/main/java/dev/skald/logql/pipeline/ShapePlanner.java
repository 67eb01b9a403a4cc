package dev.skald.logql.pipeline;

import dev.skald.model.Shape;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what a parser makes of the lines of a shape. One thread. */
@FunctionalInterface
interface ShapePlanner {
  /** Null: lines of the shape are to be looked at one by one. */
  @Nullable ShapePlan plan(Shape shape);

  /**
   * Another plan, made after the example of one line; for shapes of which {@link #plan} says nothing, or not of this
   * line. Null: there is none.
   *
   * @param values of the line's slots; dear
   */
  default @Nullable ShapePlan planLike(Shape shape, Supplier<byte[][]> values) {
    return null;
  }
}
