package dev.skald.storage.shape;

import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import dev.skald.storage.column.ValueSlices;
import java.util.Arrays;

/** A shape as the writer knows it, and which column of the segment each of its slots fills. */
final class KnownShape {
  private static final int[] NO_FORMS = {};

  private final Shape shape;
  private final int[] columns;
  private final boolean json;

  private final int[] forms;

  /** Lines that had it are split otherwise since. */
  boolean isStale;

  /** Of the segment's shapes as stored; -1 until a page has it. */
  int publishedOrdinal = -1;

  /** What rows of this shape are kept as in the page at hand: itself, a beginning of it, or the whole line. */
  KnownShape keptAs = this;

  /** Rows of the page at hand that were found to have it. */
  int pageRows;

  /** Rows of the page at hand that are kept as it. */
  int keptRows;

  /** In the page at hand. */
  int pageOrdinal;

  /** Per slot, the values of its column in the page at hand. */
  final ValueSlices[] pageColumns;

  /**
   * @param columns per slot, the segment's number of its column; no two the same
   */
  KnownShape(Shape shape, int[] columns, boolean json) {
    this(shape, columns, json, NO_FORMS);
  }

  /**
   * One of text.
   *
   * @param forms of its slots, see {@link TextSplitter}
   */
  static KnownShape ofText(Shape shape, int[] columns, int[] forms) {
    return new KnownShape(shape, columns, false, forms);
  }

  private KnownShape(Shape shape, int[] columns, boolean json, int[] forms) {
    this.shape = shape;
    this.columns = columns;
    this.json = json;
    this.forms = forms;
    this.pageColumns = new ValueSlices[columns.length];
  }

  Shape shape() {
    return shape;
  }

  int column(int slot) {
    return columns[slot];
  }

  boolean hasColumns(int[] other) {
    return Arrays.equals(columns, other);
  }

  boolean isJson() {
    return json;
  }

  /** Of a slot of text that was split. */
  int form(int slot) {
    return forms[slot];
  }

  /** Whether the line is of this shape when split so. */
  boolean matches(byte[] bytes, int start, int end, SplitLine slots) {
    if (slots.count != shape.slotCount()) {
      return false;
    }
    int from = start;
    for (int i = 0; i < slots.count; i++) {
      byte[] text = shape.text(i);
      if (slots.kind(i) != shape.kind(i)
          || !Arrays.equals(bytes, from, slots.starts[i], text, 0, text.length)) {
        return false;
      }
      from = slots.ends[i];
    }
    byte[] last = shape.text(slots.count);
    return Arrays.equals(bytes, from, end, last, 0, last.length);
  }

  /**
   * Splits a line by a JSON shape: where its texts stand where they must and the values between are
   * whole, the splitter would find the same slots.
   *
   * @return whether the line is of this shape; if not, the slots mean nothing
   */
  boolean splitJson(byte[] bytes, int start, int end, SplitLine out) {
    out.clear();
    int at = start;
    int slots = shape.slotCount();
    for (int i = 0; i < slots; i++) {
      byte[] text = shape.text(i);
      int from = at + text.length;
      if (from > end || !Arrays.equals(bytes, at, from, text, 0, text.length)) {
        return false;
      }
      SlotKind kind = shape.kind(i);
      at = JsonSplitter.endOf(kind, bytes, from, end);
      if (at < 0) {
        return false;
      }
      out.add(kind, from, at, 0);
    }
    byte[] last = shape.text(slots);
    return Arrays.equals(bytes, at, end, last, 0, last.length);
  }
}
