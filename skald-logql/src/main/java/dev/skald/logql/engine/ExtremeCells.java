package dev.skald.logql.engine;

/**
 * Smallest or greatest: {@code min_over_time}, {@code max_over_time}. NaN only if there is nothing
 * else.
 */
final class ExtremeCells extends Cells {
  private final Extreme extreme;
  private final double[] values;
  private final boolean[] touched;

  /** Which end. */
  enum Extreme {
    MIN,
    MAX
  }

  ExtremeCells(Extreme extreme, int size) {
    this.extreme = extreme;
    values = new double[size];
    touched = new boolean[size];
  }

  /** The one of two that is further out; a number rather than NaN. */
  static double further(Extreme extreme, double a, double b) {
    if (Double.isNaN(a)) {
      return b;
    }
    if (Double.isNaN(b)) {
      return a;
    }
    return switch (extreme) {
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
    };
  }

  @Override
  ExtremeCells empty(int size) {
    return new ExtremeCells(extreme, size);
  }

  @Override
  int size() {
    return values.length;
  }

  @Override
  int bytesPerCell() {
    return Double.BYTES + 1;
  }

  @Override
  boolean touched(int cell) {
    return touched[cell];
  }

  @Override
  void add(int cell, Observation observation) {
    add(cell, observation.value);
  }

  private void add(int cell, double value) {
    values[cell] = touched[cell] ? further(extreme, values[cell], value) : value;
    touched[cell] = true;
  }

  @Override
  void merge(int cell, Cells other, int otherCell) {
    if (other.touched(otherCell)) {
      add(cell, ((ExtremeCells) other).values[otherCell]);
    }
  }

  @Override
  void clear(int cell) {
    touched[cell] = false;
  }

  @Override
  double result(int cell) {
    return values[cell];
  }
}
