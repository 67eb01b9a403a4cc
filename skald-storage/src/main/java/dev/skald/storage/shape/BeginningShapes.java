package dev.skald.storage.shape;

import dev.skald.bytes.SeededHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What rows of rare shapes are kept as. A shape that few rows have is not worth its place, but most of these lines
 * begin as many others do: with a time, a host, a program. So such a row gets a shape of its beginning, as far as
 * enough others share it, and one slot for the rest; its first columns are those of the others. Where nothing is
 * shared it is kept whole. For one page after the other; one thread.
 */
final class BeginningShapes {
  /** A shape of text with fewer rows is not worth its place. */
  private static final int TEXT_ROWS_MIN = 4;

  /** Nor is a JSON shape with fewer rows: what is left of such lines is longer. */
  private static final int JSON_ROWS_MIN = 3;

  /** A beginning is shared if kept shapes with so many rows have it. */
  private static final int SHARED_ROWS_MIN = 8;

  /** A beginning is worth its place if so many rows are to be kept by it, or by a longer one. */
  private static final int ROWS_MIN = 2;

  private final ShapeTable table;

  /** Per hash of the texts up to a slot: rows of kept shapes, and of rare ones. */
  private final Map<Long, Integer> keptRows = new HashMap<>();

  private final Map<Long, Integer> rareRows = new HashMap<>();

  BeginningShapes(ShapeTable table) {
    this.table = table;
  }

  private static boolean isRare(KnownShape shape) {
    int rowsMin = shape.isJson() ? JSON_ROWS_MIN : TEXT_ROWS_MIN;
    return shape.pageRows < rowsMin && shape.publishedOrdinal < 0;
  }

  /** Whether it has a beginning that others may share. */
  private boolean mayBegin(KnownShape shape) {
    return !shape.isJson() && shape != table.whole();
  }

  /**
   * Says of each shape what its rows are kept as: {@link KnownShape#keptAs}.
   *
   * @param shapes of the page, with their rows counted
   */
  void choose(List<KnownShape> shapes) {
    boolean anyRareText = false;
    for (KnownShape shape : shapes) {
      shape.keptAs = isRare(shape) ? table.whole() : shape;
      anyRareText |= isRare(shape) && mayBegin(shape);
    }
    if (!anyRareText) {
      return;
    }
    keptRows.clear();
    rareRows.clear();
    for (KnownShape shape : shapes) {
      if (mayBegin(shape)) {
        count(shape, isRare(shape) ? rareRows : keptRows);
      }
    }
    for (KnownShape shape : shapes) {
      if (mayBegin(shape) && isRare(shape)) {
        int slots = sharedSlots(shape);
        if (slots > 0) {
          shape.keptAs = table.beginning(shape, slots);
        }
      }
    }
  }

  private static void count(KnownShape shape, Map<Long, Integer> rows) {
    long beginning = 0;
    for (int slot = 0; slot < shape.shape().slotCount(); slot++) {
      beginning = and(beginning, shape.shape().text(slot));
      rows.merge(beginning, shape.pageRows, Integer::sum);
    }
  }

  private int sharedSlots(KnownShape shape) {
    long beginning = 0;
    for (int slot = 0; slot < shape.shape().slotCount(); slot++) {
      beginning = and(beginning, shape.shape().text(slot));
      if (keptRows.getOrDefault(beginning, 0) < SHARED_ROWS_MIN
          || rareRows.getOrDefault(beginning, 0) < ROWS_MIN) {
        return slot;
      }
    }
    return shape.shape().slotCount();
  }

  private static long and(long beginning, byte[] text) {
    return SeededHash.of(text, 0, text.length, beginning + 1);
  }
}
