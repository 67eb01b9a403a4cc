package dev.skald.storage.shape;

import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import dev.skald.model.ShapedLines;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads every value of a page's columns and checks what queries rely on without reading them: that stamps are true of all
 * values, dictionaries agree with the values, and slots hold what their kind promises.
 */
public final class ShapedCheck {
  private final ShapedLines page;
  private byte[] value = new byte[256];

  private ShapedCheck(ShapedLines page) {
    this.page = page;
  }

  /**
   * @param problems told of each column that is not as it must be, once
   * @throws dev.skald.error.SkaldException CORRUPT if a column cannot be read
   */
  public static void run(ShapedLines page, Consumer<String> problems) {
    ShapedCheck check = new ShapedCheck(page);
    SlotKind[] kinds = new SlotKind[page.columnCount()];
    for (int shape = 0; shape < page.shapeCount(); shape++) {
      Shape of = page.shape(shape);
      for (int slot = 0; slot < of.slotCount(); slot++) {
        int column = page.column(shape, slot);
        // The strictest counts: all shapes that share a column make the same promise.
        if (kinds[column] == null || of.kind(slot).compareTo(kinds[column]) < 0) {
          kinds[column] = of.kind(slot);
        }
      }
    }
    for (int column = 0; column < kinds.length; column++) {
      String problem = check.column(column, kinds[column]);
      if (!problem.isEmpty()) {
        problems.accept("column %d: %s".formatted(column, problem));
      }
    }
  }

  /** The first thing that is wrong, or nothing. */
  private String column(int number, SlotKind kind) {
    SlotColumn column = page.column(number);
    Stamp stamp = page.stamp(number);
    for (int i = 0; i < column.count(); i++) {
      int length = column.length(i);
      if (length < stamp.lengthMin() || length > stamp.lengthMax()) {
        return "value %d: expected %d to %d bytes, was %d"
            .formatted(i, stamp.lengthMin(), stamp.lengthMax(), length);
      }
      if (value.length < length) {
        value = new byte[Math.max(length, value.length * 2)];
      }
      int end = column.copy(i, value, 0);
      if (end != length) {
        return "value %d: expected %d bytes, was %d".formatted(i, length, end);
      }
      if (!stamp.mayHold(value, 0, length)) {
        return "value %d: has a byte that no value has by the stamp".formatted(i);
      }
      if (!keepsPromise(kind, length)) {
        return "value %d: is no %s".formatted(i, kind);
      }
      if (column.distinctCount() > 0 && !isDistinct(column, i, length)) {
        return "value %d: is not what the dictionary has".formatted(i);
      }
    }
    return "";
  }

  private boolean isDistinct(SlotColumn column, int position, int length) {
    byte[] distinct = column.distinct(column.ordinals()[position]);
    return Arrays.equals(distinct, 0, distinct.length, value, 0, length);
  }

  private boolean keepsPromise(SlotKind kind, int length) {
    return switch (kind) {
      case TEXT -> true;
      case JSON_STRING -> {
        for (int i = 0; i < length; i++) {
          if (value[i] == '\\') {
            i++;
            if (i == length) {
              yield false;
            }
          } else if (value[i] == '"') {
            yield false;
          }
        }
        yield true;
      }
      case JSON_BARE -> {
        for (int i = 0; i < length; i++) {
          byte b = value[i];
          boolean bare =
              (b >= '0' && b <= '9')
                  || (b >= 'a' && b <= 'z')
                  || b == 'E'
                  || b == '.'
                  || b == '-'
                  || b == '+';
          if (!bare) {
            yield false;
          }
        }
        yield length > 0;
      }
      case JSON_NESTED ->
          length >= 2
              && ((value[0] == '[' && value[length - 1] == ']')
                  || (value[0] == '{' && value[length - 1] == '}'));
    };
  }
}
