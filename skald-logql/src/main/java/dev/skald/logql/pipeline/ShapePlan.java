package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.LabelColumn.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a parser makes of all lines of one shape, as far as {@code guards} hold for their slots: the same names in the
 * same order, values from slots or the same in every line. Immutable.
 *
 * @param values in the order in which the parser finds them
 * @param fault what the parser finds wrong with every line of the shape; null: nothing
 */
record ShapePlan(List<Value> values, List<Guard> guards, @Nullable Fault fault) {
  static final int NO_SLOT = -1;

  ShapePlan {
    values = List.copyOf(values);
    guards = List.copyOf(guards);
  }

  static ShapePlan faulty(String error, @Nullable String details) {
    return new ShapePlan(List.of(), List.of(), new Fault(error, details));
  }

  /** An error state. */
  record Fault(String error, @Nullable String details) {}

  /** Slot values that a parser finds, and passes over as if they were not there. */
  enum Absent {
    NEVER,
    EMPTY,
    /** The JSON word. */
    NULL
  }

  /**
   * A label's value.
   *
   * @param key which: the meaning is the parser's
   * @param slot {@link #NO_SLOT}: the value is {@code constant}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Value(int key, int slot, Reading reading, Absent absent, byte[] constant) {
    static Value ofSlot(int key, int slot, Reading reading, Absent absent) {
      return new Value(key, slot, reading, absent, ByteSlice.NO_BYTES);
    }

    static Value constant(int key, byte[] bytes) {
      return new Value(key, NO_SLOT, Reading.AS_IS, Absent.NEVER, bytes);
    }
  }

  /** A slot's value must pass, or the plan says nothing of the line. */
  record Guard(int slot, ValueCheck check) {}
}
