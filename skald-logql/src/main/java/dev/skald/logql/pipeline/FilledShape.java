package dev.skald.logql.pipeline;

import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A line of a shape, made up: each slot filled with a value of its kind that no parser finds anything special in. What
 * a parser finds in it tells by its place whether it comes from a slot.
 */
final class FilledShape {
  private final Shape shape;
  private final byte[] line;
  private final int[] slotStarts;
  private final int[] slotEnds;

  FilledShape(Shape shape) {
    this(shape, fillings(shape));
  }

  /**
   * A line as there is one.
   *
   * @param values of its slots
   */
  FilledShape(Shape shape, byte[][] values) {
    this.shape = shape;
    slotStarts = new int[shape.slotCount()];
    slotEnds = new int[shape.slotCount()];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int slot = 0; slot < shape.slotCount(); slot++) {
      bytes.writeBytes(shape.text(slot));
      slotStarts[slot] = bytes.size();
      bytes.writeBytes(values[slot]);
      slotEnds[slot] = bytes.size();
    }
    bytes.writeBytes(shape.text(shape.slotCount()));
    line = bytes.toByteArray();
  }

  private static byte[][] fillings(Shape shape) {
    byte[][] values = new byte[shape.slotCount()][];
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = filling(shape.kind(slot));
    }
    return values;
  }

  private static byte[] filling(SlotKind kind) {
    return ByteSlice.utf8(
        switch (kind) {
          case JSON_STRING, TEXT -> "x";
          case JSON_BARE -> "0";
          case JSON_NESTED -> "[]";
        });
  }

  /** The made-up line. Borrowed. */
  byte[] line() {
    return line;
  }

  int slotCount() {
    return slotStarts.length;
  }

  SlotKind kind(int slot) {
    return shape.kind(slot);
  }

  int slotStart(int slot) {
    return slotStarts[slot];
  }

  int slotEnd(int slot) {
    return slotEnds[slot];
  }

  /** The slot that fills exactly {@code [start, end)}, or {@link ShapePlan#NO_SLOT}. */
  int slotAt(int start, int end) {
    for (int slot = 0; slot < slotStarts.length; slot++) {
      if (slotStarts[slot] == start && slotEnds[slot] == end) {
        return slot;
      }
    }
    return ShapePlan.NO_SLOT;
  }

  /** Whether {@code [start, end)} is the same in every line: no slot in it, nor at its edges. */
  boolean isConstant(int start, int end) {
    for (int slot = 0; slot < slotStarts.length; slot++) {
      if (slotStarts[slot] <= end && slotEnds[slot] >= start) {
        return false;
      }
    }
    return true;
  }

  /** Whether no slot fills a part of {@code [start, end)}. */
  boolean isFree(int start, int end) {
    for (int slot = 0; slot < slotStarts.length; slot++) {
      if (slotStarts[slot] < end && slotEnds[slot] > start) {
        return false;
      }
    }
    return true;
  }

  /** The slot that {@code [start, end)} is part of, or {@link ShapePlan#NO_SLOT}. */
  int slotAround(int start, int end) {
    for (int slot = 0; slot < slotStarts.length; slot++) {
      if (slotStarts[slot] <= start && end <= slotEnds[slot]) {
        return slot;
      }
    }
    return ShapePlan.NO_SLOT;
  }

  /** How many slots lie in {@code [start, end]}; empty ones at its edges too. */
  int slotsWithin(int start, int end) {
    int count = 0;
    for (int slot = 0; slot < slotStarts.length; slot++) {
      count += slotStarts[slot] >= start && slotEnds[slot] <= end ? 1 : 0;
    }
    return count;
  }

  /** The text that ends before a slot, or behind the last, from {@code from} on. */
  byte[] textBefore(int slot, int from) {
    byte[] text = shape.text(slot);
    int end = slot < slotStarts.length ? slotStarts[slot] : line.length;
    int start = Math.max(end - text.length, Math.min(from, end));
    return Arrays.copyOfRange(line, start, end);
  }
}
