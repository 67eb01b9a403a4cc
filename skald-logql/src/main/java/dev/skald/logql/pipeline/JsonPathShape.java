package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.LabelColumn.Reading;
import dev.skald.logql.pipeline.ShapePlan.Absent;
import dev.skald.logql.pipeline.ShapePlan.Guard;
import dev.skald.logql.pipeline.ShapePlan.Value;
import dev.skald.logql.pipeline.ValueCheck.Nested.Objects;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code json} with expressions makes of a shape: the stage itself reads a made-up line, and the places of what it
 * finds tell which slots they are. The row has a stream label for each identifier, so that what is found stands out
 * from what is missing: its name is extended.
 *
 * <p>The stage walks over the line until it has found all. Slots of JSON before that place are strings, numbers and
 * words, which it passes over whatever they are, or arrays and objects: a guard leaves lines with objects to the stage,
 * as it walks into these.
 */
final class JsonPathShape implements ShapePlanner {
  private final NameTable names;
  private final List<String> identifiers;
  private final RowBatch trial;
  private final LineParser step;
  private final ArrayEntry arrays;

  /** Whether some path leads into an array. */
  enum ArrayEntry {
    NEVER,
    SOME
  }

  /**
   * @param open makes the stage for a batch
   */
  JsonPathShape(
      NameTable names,
      List<String> identifiers,
      ArrayEntry arrays,
      Function<RowBatch, LineParser> open) {
    this.names = names;
    this.identifiers = identifiers;
    this.arrays = arrays;
    trial = new RowBatch(names, StageBudget.ENDLESS);
    step = open.apply(trial);
  }

  @Override
  public @Nullable ShapePlan plan(Shape shape) {
    byte[] text = shape.text(0);
    if (text.length == 0 || identifiers.stream().distinct().count() < identifiers.size()) {
      return null;
    }
    if (text[0] != '{' && text[0] != '[' && text[0] != '"') {
      return ShapePlan.faulty(ParserErrors.JSON, null);
    }
    FilledShape filled = new FilledShape(shape);
    read(filled);
    if (trial.error(0) != null) {
      return null;
    }
    List<Value> values = new ArrayList<>();
    int seenEnd = find(filled, values);
    List<Guard> guards = new ArrayList<>();
    for (int slot = 0; slot < filled.slotCount() && filled.slotStart(slot) <= seenEnd; slot++) {
      SlotKind kind = filled.kind(slot);
      if (kind == SlotKind.TEXT || (kind == SlotKind.JSON_NESTED && arrays == ArrayEntry.SOME)) {
        return null;
      }
      if (kind == SlotKind.JSON_NESTED) {
        guards.add(new Guard(slot, new ValueCheck.Nested(Objects.REFUSED)));
      }
    }
    return seenEnd < 0 ? null : new ShapePlan(values, guards, null);
  }

  /** Has the stage read the made-up line. */
  private void read(FilledShape filled) {
    EntryBatch page = new EntryBatch();
    List<Label> labels = identifiers.stream().map(id -> new Label(id, "x")).toList();
    byte[] line = filled.line();
    page.add(page.stream(Labels.of(labels)), 0, line, 0, line.length, 0);
    trial.load(page, new int[] {0}, 1, null);
    step.apply(trial);
  }

  /**
   * Collects what was found.
   *
   * @return how far in the line the stage may have looked; -1: where a value comes from is not clear
   */
  private int find(FilledShape filled, List<Value> values) {
    ParsedLabels parsed = trial.parsed();
    byte[] line = trial.lineBytesAt(0);
    int base = trial.lineStartAt(0);
    int foundEnd = 0;
    boolean areAllFound = true;
    ByteSlice value = new ByteSlice();
    int foundCount = 0;
    // In the order in which they were found: of two that get one name, the later stays.
    for (int found = parsed.first(0); found >= 0; found = parsed.next(found)) {
      int nameId = parsed.nameId(found);
      int key = 0;
      while (names.extracted(names.id(identifiers.get(key))) != nameId) {
        key++;
      }
      foundCount++;
      parsed.read(found, value);
      boolean isOfLine = value.bytes == line && value.length() > 0;
      int start = value.start - base;
      int end = value.end - base;
      int slot = isOfLine ? filled.slotAt(start, end) : ShapePlan.NO_SLOT;
      if (slot >= 0) {
        values.add(Value.ofSlot(key, slot, reading(filled.kind(slot)), Absent.NEVER));
      } else if (!isOfLine || filled.isConstant(start, end)) {
        values.add(Value.constant(key, Arrays.copyOfRange(value.bytes, value.start, value.end)));
      } else {
        return -1;
      }
      foundEnd = Math.max(foundEnd, end);
      areAllFound &= isOfLine;
    }
    return areAllFound && foundCount == identifiers.size() ? foundEnd : filled.line().length;
  }

  private static Reading reading(SlotKind kind) {
    return switch (kind) {
      case JSON_STRING -> Reading.JSON_STRING;
      case JSON_BARE -> Reading.NULL_AS_EMPTY;
      case JSON_NESTED, TEXT -> Reading.AS_IS;
    };
  }
}
