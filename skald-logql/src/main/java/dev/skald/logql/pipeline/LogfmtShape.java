package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.LabelColumn.Reading;
import dev.skald.logql.pipeline.LogfmtPairs.Found;
import dev.skald.logql.pipeline.ShapePlan.Absent;
import dev.skald.logql.pipeline.ShapePlan.Guard;
import dev.skald.logql.pipeline.ShapePlan.Value;
import dev.skald.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code logfmt} makes of a shape whose pairs are all well-formed. Values of slots must not hold what would end a
 * pair or break it: guards see to that.
 */
final class LogfmtShape {
  /** What a bare word or value does not hold. */
  private static final ByteSet BARE = ByteSet.upTo(' ').plus(ByteSet.of("=\""));

  /** A key must not hold broken characters either. */
  private static final ByteSet KEY = new ByteSet(BARE.low(), BARE.high(), true);

  private static final ByteSet QUOTED = ByteSet.of("\"\\");

  private final LogfmtPairs pairs = new LogfmtPairs();
  private final ParsedLabels scratch;

  LogfmtShape(ParsedLabels scratch) {
    this.scratch = scratch;
  }

  /** What labels a key's value is for. */
  @FunctionalInterface
  interface Keys {
    /** Numbers of the labels that get the value of {@code bytes[start .. end)}. */
    int[] of(byte[] bytes, int start, int end);
  }

  /** What becomes of pairs without a value. */
  enum EmptyValues {
    PASSED_OVER,
    KEPT
  }

  @Nullable ShapePlan plan(Shape shape, Keys keys, EmptyValues emptyValues) {
    for (int slot = 0; slot < shape.slotCount(); slot++) {
      if (shape.kind(slot) == Shape.SlotKind.JSON_NESTED) {
        return null; // its made-up value says nothing of the real ones
      }
    }
    FilledShape filled = new FilledShape(shape);
    byte[] line = filled.line();
    List<Value> values = new ArrayList<>();
    List<Guard> guards = new ArrayList<>();
    boolean[] isGuarded = new boolean[filled.slotCount()];
    pairs.begin(line, 0, line.length);
    Found found = pairs.next();
    for (; found == Found.PAIR; found = pairs.next()) {
      int keyStart = pairs.keyStart;
      int keyEnd = pairs.keyEnd;
      boolean isWord = keyEnd == line.length || line[keyEnd] != '=';
      if (filled.isConstant(keyStart, keyEnd)) {
        for (int key : keys.of(line, keyStart, keyEnd)) {
          Value value = value(filled, key, emptyValues);
          if (value == null) {
            return null;
          }
          if (value.slot() >= 0 || value.constant().length > 0 || emptyValues == EmptyValues.KEPT) {
            values.add(value);
          }
        }
      } else if (!isWord || emptyValues == EmptyValues.KEPT) {
        return null; // its name is another in each line
      }
      guard(filled, keyStart, keyEnd, KEY, guards, isGuarded);
      boolean isQuoted = pairs.valueStart > keyEnd && line[pairs.valueStart - 1] == '"';
      guard(filled, pairs.valueStart, pairs.valueEnd, isQuoted ? QUOTED : BARE, guards, isGuarded);
    }
    boolean areAllGuarded = true;
    for (boolean one : isGuarded) {
      areAllGuarded &= one;
    }
    return found == Found.END && areAllGuarded ? new ShapePlan(values, guards, null) : null;
  }

  /** The value of the pair at hand; null: not clear. */
  private @Nullable Value value(FilledShape filled, int key, EmptyValues emptyValues) {
    int start = pairs.valueStart;
    int end = pairs.valueEnd;
    int slot = filled.slotAt(start, end);
    if (slot >= 0) {
      Absent absent = emptyValues == EmptyValues.KEPT ? Absent.NEVER : Absent.EMPTY;
      return Value.ofSlot(key, slot, Reading.BLANKED, absent);
    }
    boolean isEmpty = start == end && start == pairs.keyEnd;
    if (!isEmpty && !filled.isConstant(start, end)) {
      return null;
    }
    ByteSlice text = new ByteSlice();
    LogfmtStep.decode(scratch, pairs, filled.line(), text);
    return Value.constant(key, Arrays.copyOfRange(text.bytes, text.start, text.end));
  }

  /** A slot of several words' text must not be empty: what stands around it could become one word. */
  private static void guard(
      FilledShape filled,
      int start,
      int end,
      ByteSet without,
      List<Guard> guards,
      boolean[] isGuarded) {
    for (int slot = 0; slot < isGuarded.length; slot++) {
      if (filled.slotStart(slot) >= start && filled.slotEnd(slot) <= end) {
        guards.add(new Guard(slot, new ValueCheck.Without(without, 0)));
        isGuarded[slot] = true;
      }
    }
  }
}
