package dev.skald.logql.pipeline;

import dev.skald.grep.LiteralFinder;
import dev.skald.logql.pipeline.LabelColumn.Reading;
import dev.skald.logql.pipeline.ShapePlan.Absent;
import dev.skald.logql.pipeline.ShapePlan.Guard;
import dev.skald.logql.pipeline.ShapePlan.Value;
import dev.skald.logql.syntax.PatternNode;
import dev.skald.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pattern} makes of a shape: where a literal of the pattern first stands in the shape's constant text, it
 * stands first in every line, if it cannot stand in or across a slot before. Literals of one byte may also be found
 * inside a slot, as the blanks of a request between quotes are; lines whose slot has them too are alike.
 */
final class PatternShape implements ShapePlanner {
  private final byte[] leading;

  /** Per capture: the literal behind it; empty: the capture takes the rest. */
  private final List<byte[]> behind = new ArrayList<>();

  private final int[] nameIds;

  // Of the shape at hand.
  private FilledShape filled = new FilledShape(new Shape(new byte[1][0], List.of()));
  private List<Guard> guards = new ArrayList<>();

  /** The slot that the last literal was found in, and what was found in it; -1: it was found in text. */
  private int openSlot;

  private String passed = "";

  /**
   * @param nameIds per capture; {@link PatternStep#NO_NAME} if it makes no label
   */
  PatternShape(List<PatternNode> nodes, int[] nameIds) {
    this.nameIds = nameIds;
    leading = literalAt(nodes, 0);
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof PatternNode.Capture) {
        behind.add(literalAt(nodes, i + 1));
      }
    }
  }

  private static byte[] literalAt(List<PatternNode> nodes, int index) {
    return index < nodes.size() && nodes.get(index) instanceof PatternNode.Literal(String text)
        ? ByteSlice.utf8(text)
        : ByteSlice.NO_BYTES;
  }

  @Override
  public @Nullable ShapePlan plan(Shape shape) {
    return plan(shape, new FilledShape(shape));
  }

  @Override
  public @Nullable ShapePlan planLike(Shape shape, Supplier<byte[][]> values) {
    return plan(shape, new FilledShape(shape, values.get()));
  }

  private @Nullable ShapePlan plan(Shape shape, FilledShape example) {
    byte[] text = shape.text(0);
    int common = Math.min(text.length, leading.length);
    if (!Arrays.equals(text, 0, common, leading, 0, common)) {
      return new ShapePlan(List.of(), List.of(), null);
    }
    if (text.length < leading.length || !hasText(shape)) {
      return null; // it depends on a slot, if only on whether the line is empty
    }
    filled = example;
    guards = new ArrayList<>();
    openSlot = ShapePlan.NO_SLOT;
    List<Value> values = capture();
    return values == null ? null : new ShapePlan(values, guards, null);
  }

  private static boolean hasText(Shape shape) {
    for (int i = 0; i <= shape.slotCount(); i++) {
      if (shape.text(i).length > 0) {
        return true;
      }
    }
    return false;
  }

  /** Null: not clear. */
  private @Nullable List<Value> capture() {
    byte[] line = filled.line();
    List<Value> values = new ArrayList<>();
    int at = leading.length;
    for (int i = 0; i < nameIds.length; i++) {
      byte[] literal = behind.get(i);
      int hit = literal.length == 0 ? -1 : new LiteralFinder(literal).find(line, at, line.length);
      int end = hit < 0 ? line.length : hit;
      int slot = hit < 0 ? ShapePlan.NO_SLOT : filled.slotAround(hit, hit + literal.length);
      if (slot == ShapePlan.NO_SLOT && hit >= 0 && !filled.isFree(hit, hit + literal.length)) {
        return null; // partly in a slot
      }
      if (nameIds[i] != PatternStep.NO_NAME) {
        Value value = value(nameIds[i], at, end);
        if (slot >= 0 || openSlot >= 0 || value == null) {
          return null;
        }
        values.add(value);
      }
      if (slot >= 0 && literal.length > 1) {
        return null;
      }
      pass(literal, at, end, slot);
      if (hit < 0) {
        break;
      }
      at = hit + literal.length;
    }
    if (openSlot >= 0) {
      closeSlot(ByteSlice.NO_BYTES);
    }
    return values;
  }

  private @Nullable Value value(int nameId, int start, int end) {
    int slot = filled.slotAt(start, end);
    int inside = filled.slotsWithin(start, end);
    if (slot >= 0 && inside == 1) {
      return Value.ofSlot(nameId, slot, Reading.AS_IS, Absent.NEVER);
    }
    return filled.isFree(start, end) && inside == 0
        ? Value.constant(nameId, Arrays.copyOfRange(filled.line(), start, end))
        : null;
  }

  /**
   * Sees to it that a literal cannot be found in {@code [start, end)}.
   *
   * @param slot in which it is found then; NO_SLOT: in text, or not at all
   */
  private void pass(byte[] literal, int start, int end, int slot) {
    if (openSlot >= 0 && slot != openSlot) {
      closeSlot(literal);
    }
    if (literal.length > 0) {
      for (int i = 0; i < filled.slotCount(); i++) {
        if (filled.slotStart(i) >= start && filled.slotEnd(i) <= end && i != slot) {
          guards.add(new Guard(i, LiteralAbsence.of(filled, i, start, literal)));
        }
      }
    }
    if (slot >= 0) {
      passed = (openSlot == slot ? passed : "") + (char) (literal[0] & 0xff);
      openSlot = slot;
    }
  }

  /** The next literal must not begin in what is left of the slot. */
  private void closeSlot(byte[] literal) {
    guards.add(new Guard(openSlot, new ValueCheck.Passing(passed, ByteSet.NONE.plus(literal))));
    openSlot = ShapePlan.NO_SLOT;
  }
}
