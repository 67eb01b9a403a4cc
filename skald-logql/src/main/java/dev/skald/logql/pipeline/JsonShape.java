package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.KeyTree.Node;
import dev.skald.logql.pipeline.LabelColumn.Reading;
import dev.skald.logql.pipeline.ShapePlan.Absent;
import dev.skald.logql.pipeline.ShapePlan.Guard;
import dev.skald.logql.pipeline.ShapePlan.Value;
import dev.skald.logql.pipeline.ValueCheck.Nested.Objects;
import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code json} without expressions makes of a shape: as {@link JsonFaultyLine} reads, but all of the object, and
 * whatever is found is noted, not added. A plan is made of shapes only that are well-formed to the end; so it does not
 * matter where a reader that has all it needs stops.
 *
 * <p>Slots of JSON are what their kind says: a string ends where it ends. Whether a nested value is an array, which adds
 * nothing, or an object, and whether its braces match, is for a guard to see.
 */
final class JsonShape implements ShapePlanner {
  /** Constant objects in objects; deeper ones are left to the parser. */
  private static final int DEPTH_MAX = 64;

  private final KeyTree keys;
  private final JsonLabels labels;
  private final ParsedLabels scratch;

  // Of the shape at hand.
  private FilledShape filled = new FilledShape(new Shape(new byte[1][0], List.of()));
  private final List<Value> values = new ArrayList<>();
  private final List<Guard> guards = new ArrayList<>();

  JsonShape(KeyTree keys, JsonLabels labels, ParsedLabels scratch) {
    this.keys = keys;
    this.labels = labels;
    this.scratch = scratch;
  }

  @Override
  public @Nullable ShapePlan plan(Shape shape) {
    byte[] text = shape.text(0);
    int first = JsonText.skipBlanks(text, 0, text.length);
    if (first < text.length ? text[first] != '{' : shape.slotCount() == 0) {
      return ShapePlan.faulty(ParserErrors.JSON, JsonValue.OBJECT_FAULT);
    }
    filled = new FilledShape(shape);
    values.clear();
    guards.clear();
    for (int slot = 0; slot < filled.slotCount(); slot++) {
      if (filled.kind(slot) == SlotKind.JSON_NESTED) {
        guards.add(new Guard(slot, new ValueCheck.Nested(Objects.ALLOWED)));
      }
    }
    byte[] line = filled.line();
    return readObject(keys.root(), 0, 0, line.length) ? new ShapePlan(values, guards, null) : null;
  }

  /** False: not clear. */
  private boolean readObject(Node parent, int depth, int start, int end) {
    if (depth == DEPTH_MAX) {
      return false;
    }
    byte[] line = filled.line();
    JsonMembers members = new JsonMembers();
    members.begin(line, start, end);
    while (members.nextKey()) {
      if (!filled.isConstant(members.keyStart, members.keyEnd)) {
        return false;
      }
      Node key = labels.key(parent, line, members.keyStart, members.keyEnd);
      if (key == null || !members.readValue() || !note(key, members.value, depth)) {
        return false;
      }
    }
    return members.fault() == null && (depth > 0 || hasNoTextBefore(line, start, end));
  }

  /** Text may hold anything, a brace that ends the object too; behind the object nobody looks. */
  private boolean hasNoTextBefore(byte[] line, int start, int end) {
    int objectEnd = JsonText.blockEnd(line, JsonText.skipBlanks(line, start, end), end, '{', '}');
    for (int slot = 0; slot < filled.slotCount(); slot++) {
      if (filled.kind(slot) == SlotKind.TEXT && filled.slotStart(slot) < objectEnd) {
        return false;
      }
    }
    return objectEnd >= 0;
  }

  private boolean note(Node key, JsonValue value, int depth) {
    int slot = filled.slotAt(value.start, value.end);
    boolean isLabel = key.isNeeded && key.nameId >= 0;
    if (slot >= 0) {
      return noteSlot(key, isLabel, value, slot);
    }
    switch (value.kind) {
      case OBJECT -> {
        return !key.isNeededInside || readObject(key, depth + 1, value.start, value.end);
      }
      case ARRAY, NULL -> {
        return true;
      }
      case STRING, NUMBER, BOOLEAN -> {
        if (!filled.isConstant(value.start, value.end)) {
          return false;
        }
        if (isLabel) {
          values.add(Value.constant(key.nameId, constant(value)));
        }
        return true;
      }
    }
    return false;
  }

  private byte[] constant(JsonValue value) {
    byte[] line = filled.line();
    if (value.kind != JsonValue.Kind.STRING) {
      return Arrays.copyOfRange(line, value.start, value.end);
    }
    ByteSlice text = JsonLabels.decodeString(scratch, line, value.start, value.end);
    return Arrays.copyOfRange(text.bytes, text.start, text.end);
  }

  private boolean noteSlot(Node key, boolean isLabel, JsonValue value, int slot) {
    switch (filled.kind(slot)) {
      case JSON_STRING -> {
        if (isLabel) {
          values.add(Value.ofSlot(key.nameId, slot, Reading.JSON_STRING, Absent.NEVER));
        }
        return value.kind == JsonValue.Kind.STRING;
      }
      case JSON_BARE -> {
        if (isLabel) {
          values.add(Value.ofSlot(key.nameId, slot, Reading.AS_IS, Absent.NULL));
        }
        return value.kind == JsonValue.Kind.NUMBER;
      }
      case JSON_NESTED -> {
        if (key.isNeededInside) {
          guards.add(new Guard(slot, new ValueCheck.Nested(Objects.REFUSED)));
        }
        return value.kind == JsonValue.Kind.ARRAY;
      }
      case TEXT -> {
        return false;
      }
    }
    return false;
  }
}
