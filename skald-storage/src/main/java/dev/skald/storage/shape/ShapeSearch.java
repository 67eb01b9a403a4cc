package dev.skald.storage.shape;

import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.Needle.Place;
import dev.skald.model.Selection;
import dev.skald.model.Shape;
import dev.skald.model.ShapedLines;
import dev.skald.model.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for a literal in lines that are taken apart. A literal stands within a text of the shape,
 * and then every row has it; or within the value of a slot; or across their borders, and then it is
 * cut at them: its first piece ends a value, its last begins one, those between are whole values.
 * Each way it can lie is a list of conditions on columns; texts and stamps rule out nearly all of
 * them before a column is read.
 */
final class ShapeSearch {
  /** A shape with more ways to cut the needle is not planned: its lines are rebuilt and searched. */
  private static final int STEPS_MAX = 2_000;

  /** That a value has a piece of the needle. */
  private record Condition(int column, Place place, int from, int to) {}

  /** One way to lie: all conditions hold. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Way(int[] columns, BitSet[] positions) {}

  private final ShapedLines page;
  private final Needle needle;
  private final byte[] bytes;
  private final boolean folded;

  /** Whether the needle must end where the line ends. */
  private final boolean toEnd;

  private final Map<Condition, BitSet> searched = new HashMap<>();
  private final List<Condition> conditions = new ArrayList<>();
  private List<Way> ways = new ArrayList<>();
  private boolean everyRow;
  private int stepsLeft;
  private int shapeOrdinal;
  private Shape shape;

  ShapeSearch(ShapedLines page, Needle needle) {
    this.page = page;
    this.needle = needle;
    bytes = needle.bytes();
    folded = needle.letterCase() == LetterCase.FOLDED;
    toEnd = needle.how() == Place.AT_END || needle.how() == Place.WHOLE;
    shape = page.shape(0);
  }

  /** Sets the bits of those rows that have the needle; bits of rows not selected may be set too. */
  void find(Selection rows, BitSet found) {
    List<List<Way>> waysOfShape = new ArrayList<>();
    boolean[] every = new boolean[page.shapeCount()];
    boolean[] unplanned = new boolean[every.length];
    int everyCount = 0;
    boolean any = false;
    for (int s = 0; s < every.length; s++) {
      plan(s);
      every[s] = everyRow;
      unplanned[s] = !everyRow && stepsLeft <= 0;
      everyCount += everyRow ? 1 : 0;
      any |= everyRow || unplanned[s] || !ways.isEmpty();
      waysOfShape.add(everyRow ? List.of() : ways);
    }
    if (!any || rows.isEmpty()) {
      return;
    }
    if (everyCount == every.length) {
      found.set(rows.row(0), rows.row(rows.count() - 1) + 1);
      return;
    }
    int[] ordinals = page.shapeOrdinals();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      int s = ordinals[row];
      if (every[s] || holdsOne(waysOfShape.get(s), row) || (unplanned[s] && lineHolds(row))) {
        found.set(row);
      }
    }
  }

  private boolean holdsOne(List<Way> candidates, int row) {
    for (Way way : candidates) {
      boolean all = true;
      for (int i = 0; all && i < way.columns().length; i++) {
        all = way.positions()[i].get(page.positions(way.columns()[i])[row]);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private boolean lineHolds(int row) {
    byte[] line = new byte[page.lineLength(row)];
    page.copyLine(row, line, 0);
    int last = line.length - bytes.length;
    int from = needle.how() == Place.AT_END || needle.how() == Place.WHOLE ? last : 0;
    int to = needle.how() == Place.AT_START || needle.how() == Place.WHOLE ? 0 : last;
    for (int at = Math.max(from, 0); at <= Math.min(to, last); at++) {
      if (equal(line, at, 0, bytes.length)) {
        return true;
      }
    }
    return false;
  }

  private void plan(int ordinal) {
    shapeOrdinal = ordinal;
    shape = page.shape(ordinal);
    ways = new ArrayList<>();
    everyRow = false;
    conditions.clear();
    stepsLeft = STEPS_MAX;
    switch (needle.how()) {
      case AT_START, WHOLE -> fromText(0, 0, 0);
      case ANYWHERE, AT_END -> fromAnywhere();
    }
  }

  private void fromAnywhere() {
    for (int t = 0; t <= shape.slotCount() && !everyRow; t++) {
      int length = shape.text(t).length;
      for (int offset = 0; offset < length && !everyRow; offset++) {
        fromText(t, offset, 0);
      }
    }
    if (bytes.length == 0) {
      everyRow = true;
    }
    for (int slot = 0; slot < shape.slotCount() && !everyRow; slot++) {
      if (!toEnd) {
        require(slot, Place.ANYWHERE, 0, bytes.length);
        conclude();
      }
      int last = toEnd ? bytes.length : bytes.length - 1;
      for (int cut = 1; cut <= last; cut++) {
        if (textAgrees(slot + 1, cut)) {
          follow(slot, Place.AT_END, 0, cut);
        }
      }
    }
  }

  /** The needle from {@code at} on lies over the text from {@code offset} on. */
  private void fromText(int text, int offset, int at) {
    byte[] of = shape.text(text);
    int common = Math.min(of.length - offset, bytes.length - at);
    if (!equal(of, offset, at, common)) {
      return;
    }
    boolean textEnds = offset + common == of.length;
    boolean needleEnds = at + common == bytes.length;
    boolean last = text == shape.slotCount();
    if (needleEnds && (!toEnd || (textEnds && last))) {
      concludeKeeping();
    } else if (textEnds && !last && !(needleEnds && !toEnd)) {
      fromSlot(text, at + common);
    }
  }

  /** The needle from {@code at} on begins where the value of the slot begins. */
  private void fromSlot(int slot, int at) {
    if (!toEnd) {
      require(slot, Place.AT_START, at, bytes.length);
      concludeKeeping();
      conditions.removeLast();
    }
    int last = toEnd ? bytes.length : bytes.length - 1;
    for (int cut = at; cut <= last && !everyRow; cut++) {
      if (textAgrees(slot + 1, cut)) {
        follow(slot, Place.WHOLE, at, cut);
      }
    }
  }

  /** The slot's value has this piece, and the text behind it goes on. */
  private void follow(int slot, Place place, int from, int to) {
    require(slot, place, from, to);
    if (--stepsLeft > 0 && mayHold(conditions.getLast())) {
      fromText(slot + 1, 0, to);
    }
    conditions.removeLast();
  }

  /** Whether the text may follow the needle's first {@code cut} bytes. */
  private boolean textAgrees(int text, int cut) {
    byte[] of = shape.text(text);
    return equal(of, 0, cut, Math.min(of.length, bytes.length - cut));
  }

  private boolean equal(byte[] text, int offset, int at, int length) {
    if (!folded) {
      return Arrays.equals(text, offset, offset + length, bytes, at, at + length);
    }
    for (int i = 0; i < length; i++) {
      int b = text[offset + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != bytes[at + i]) {
        return false;
      }
    }
    return true;
  }

  private void require(int slot, Place place, int from, int to) {
    conditions.add(new Condition(page.column(shapeOrdinal, slot), place, from, to));
  }

  /** As {@link #concludeKeeping}, and forgets the one condition. */
  private void conclude() {
    concludeKeeping();
    conditions.clear();
  }

  /** The needle can lie so if the conditions hold. */
  private void concludeKeeping() {
    if (conditions.isEmpty()) {
      everyRow = true;
      return;
    }
    for (Condition condition : conditions) {
      if (!mayHold(condition)) {
        return;
      }
    }
    int[] columns = new int[conditions.size()];
    BitSet[] positions = new BitSet[columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = conditions.get(i).column();
      positions[i] = search(conditions.get(i));
      if (positions[i].isEmpty()) {
        return;
      }
    }
    ways.add(new Way(columns, positions));
  }

  private boolean mayHold(Condition condition) {
    Stamp stamp = page.stamp(condition.column());
    int length = condition.to() - condition.from();
    if (length > stamp.lengthMax()
        || (condition.place() == Place.WHOLE && length < stamp.lengthMin())) {
      return false;
    }
    for (int i = condition.from(); i < condition.to(); i++) {
      byte b = bytes[i];
      boolean other = folded && b >= 'a' && b <= 'z' && stamp.mayHold((byte) (b & ~0x20));
      if (!stamp.mayHold(b) && !other) {
        return false;
      }
    }
    return true;
  }

  private BitSet search(Condition condition) {
    BitSet known = searched.get(condition);
    if (known == null) {
      known = new BitSet();
      byte[] piece = Arrays.copyOfRange(bytes, condition.from(), condition.to());
      page.column(condition.column())
          .find(new Needle(condition.place(), needle.letterCase(), piece), known);
      searched.put(condition, known);
    }
    return known;
  }
}
