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
import org.jspecify.annotations.Nullable;

/**
 * What {@code pattern} makes of a shape: where a literal of the pattern first stands in the shape's constant text, it
 * stands first in every line, if no slot before holds a byte of it.
 */
final class PatternShape {
  private final byte[] leading;

  /** Per capture: the literal behind it; empty: the capture takes the rest. */
  private final List<byte[]> behind = new ArrayList<>();

  PatternShape(List<PatternNode> nodes) {
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

  /**
   * @param nameIds per capture; {@link PatternStep#NO_NAME} if it makes no label
   */
  @Nullable ShapePlan plan(Shape shape, int[] nameIds) {
    byte[] text = shape.text(0);
    int common = Math.min(text.length, leading.length);
    if (!Arrays.equals(text, 0, common, leading, 0, common)) {
      return new ShapePlan(List.of(), List.of(), null);
    }
    if (text.length == 0 || text.length < leading.length) {
      return null; // it depends on a slot, if only on whether the line is empty
    }
    FilledShape filled = new FilledShape(shape);
    byte[] line = filled.line();
    List<Value> values = new ArrayList<>();
    List<Guard> guards = new ArrayList<>();
    int at = leading.length;
    for (int i = 0; i < nameIds.length; i++) {
      byte[] literal = behind.get(i);
      int hit = literal.length == 0 ? -1 : new LiteralFinder(literal).find(line, at, line.length);
      int end = hit < 0 ? line.length : hit;
      if (hit >= 0 && !filled.isFree(hit, hit + literal.length)) {
        return null;
      }
      if (literal.length > 0) {
        guard(filled, at, end, literal, guards);
      }
      if (nameIds[i] != PatternStep.NO_NAME) {
        int slot = filled.slotAt(at, end);
        if (slot >= 0) {
          values.add(Value.ofSlot(nameIds[i], slot, Reading.AS_IS, Absent.NEVER));
        } else if (filled.isFree(at, end)) {
          values.add(Value.constant(nameIds[i], Arrays.copyOfRange(line, at, end)));
        } else {
          return null;
        }
      }
      if (hit < 0) {
        break;
      }
      at = hit + literal.length;
    }
    return new ShapePlan(values, guards, null);
  }

  /** An empty slot would let what stands around it become the literal. */
  private static void guard(
      FilledShape filled, int start, int end, byte[] literal, List<Guard> guards) {
    for (int slot = 0; slot < filled.slotCount(); slot++) {
      if (filled.slotStart(slot) >= start && filled.slotEnd(slot) <= end) {
        guards.add(new Guard(slot, ByteSet.NONE.plus(literal), literal.length > 1 ? 1 : 0));
      }
    }
  }
}
