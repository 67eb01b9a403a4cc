package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.LabelColumn.Reading;
import dev.skald.logql.pipeline.ShapePlan.Absent;
import dev.skald.logql.pipeline.ShapePlan.Guard;
import dev.skald.logql.pipeline.ShapePlan.Value;
import dev.skald.model.ShapedLines;
import dev.skald.model.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A shape's plan on one page: its slots are columns there, and what the columns' stamps say for all values need not be
 * asked of each. One thread.
 */
final class BoundPlan {
  private static final int LABELLINGS_MAX = 8;

  private static final byte YES = 1;
  private static final byte NO = 2;
  private static final int[] NO_POSITIONS = {};

  private final ShapePlan plan;
  private final ParsedLabels scratch;
  private final int nullTest;
  private final ByteSlice text = new ByteSlice();
  private final int valueCount;

  // By value.
  private final @Nullable LabelColumn[] columns;
  private final int[][] positions;
  private final Absent[] absent;

  private final BoundGuard[] guards;

  /**
   * How rows before were labelled, if rows that start alike are labelled alike. A stream's rows have
   * a few sets of metadata in turn: their levels.
   */
  private final @Nullable Labelling[] labellings = new Labelling[LABELLINGS_MAX];

  private int labellingCount;

  /**
   * What becomes of rows that have these labels, none of them parsed, and whose values are all there.
   *
   * @param values those that become labels
   * @param targets their names
   * @param after what is left of the labels
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Labelling(BaseLabels base, int[] values, int[] targets, BaseLabels after) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record BoundGuard(Guard guard, LabelColumn column, int[] positions, int test) {}

  BoundPlan(RowBatch batch, ShapedLines lines, int shape, ShapePlan plan) {
    this.plan = plan;
    scratch = batch.parsed();
    nullTest = batch.testOf(new ValueCheck.IsNull());
    valueCount = plan.values().size();
    columns = new LabelColumn[valueCount];
    positions = new int[valueCount][];
    absent = new Absent[valueCount];
    for (int i = 0; i < valueCount; i++) {
      Value value = plan.values().get(i);
      absent[i] = Absent.NEVER;
      positions[i] = NO_POSITIONS;
      if (value.slot() != ShapePlan.NO_SLOT) {
        int column = lines.column(shape, value.slot());
        Stamp stamp = lines.stamp(column);
        columns[i] = batch.column(column, value.reading().simplified(stamp));
        positions[i] = lines.positions(column);
        absent[i] = mayBe(value.absent(), stamp) ? value.absent() : Absent.NEVER;
      }
    }
    guards =
        plan.guards().stream()
            .filter(guard -> !guard.check().holdsForAll(stamp(lines, shape, guard.slot())))
            .map(guard -> bind(batch, lines, lines.column(shape, guard.slot()), guard))
            .toArray(BoundGuard[]::new);
  }

  private static boolean mayBe(Absent absent, Stamp stamp) {
    return switch (absent) {
      case NEVER -> false;
      case EMPTY -> stamp.lengthMin() == 0;
      case NULL -> stamp.mayHold((byte) 'n');
    };
  }

  private static Stamp stamp(ShapedLines lines, int shape, int slot) {
    return lines.stamp(lines.column(shape, slot));
  }

  private static BoundGuard bind(RowBatch batch, ShapedLines lines, int column, Guard guard) {
    return new BoundGuard(
        guard,
        batch.column(column, Reading.AS_IS),
        lines.positions(column),
        batch.testOf(guard.check()));
  }

  /** How rows that start with these labels were labelled before; null if that is not known. */
  @Nullable Labelling labelling(BaseLabels base) {
    for (Labelling known : labellings) {
      if (known == null) {
        return null;
      }
      if (known.base() == base) {
        return known;
      }
    }
    return null;
  }

  /** Of many, the last few are kept. */
  void remember(Labelling labelling) {
    labellings[labellingCount++ % LABELLINGS_MAX] = labelling;
  }

  ShapePlan plan() {
    return plan;
  }

  int valueCount() {
    return valueCount;
  }

  int key(int value) {
    return plan.values().get(value).key();
  }

  /** Null: the value is the same in all rows, {@link #constant}. */
  @Nullable LabelColumn column(int value) {
    return columns[value];
  }

  int position(int value, int row) {
    return positions[value][row];
  }

  /** Per row the position of a value in its {@link #column}. Borrowed. */
  int[] positions(int value) {
    return positions[value];
  }

  /** Whether {@link #isAbsent} is true of some row, for all that is known. */
  boolean mayBeAbsent(int value) {
    return absent[value] != Absent.NEVER;
  }

  byte[] constant(int value) {
    return plan.values().get(value).constant();
  }

  /** Whether the guards hold for a row's slots. */
  boolean saysAllOf(int row) {
    for (BoundGuard guard : guards) {
      if (!holds(guard, guard.positions[row])) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(BoundGuard guard, int position) {
    LabelColumn column = guard.column;
    if (column.distinctCount() == 0) {
      column.read(position, scratch, text);
      return guard.guard.check().holds(text.bytes, text.start, text.end);
    }
    byte[] verdicts = column.verdicts(guard.test);
    int ordinal = column.ordinal(position);
    if (verdicts[ordinal] == LabelColumn.UNKNOWN) {
      byte[] value = column.distinct(ordinal, scratch);
      verdicts[ordinal] = guard.guard.check().holds(value, 0, value.length) ? YES : NO;
    }
    return verdicts[ordinal] == YES;
  }

  /** Whether the parser passes a value over. */
  boolean isAbsent(int value, int row) {
    return switch (absent[value]) {
      case NEVER -> false;
      case EMPTY -> rawLength(value, row) == 0;
      case NULL -> rawLength(value, row) == 4 && isNull(value, row);
    };
  }

  private int rawLength(int value, int row) {
    LabelColumn column = columns[value];
    return column == null ? 0 : column.rawLength(positions[value][row]);
  }

  private boolean isNull(int value, int row) {
    LabelColumn column = columns[value];
    if (column == null) {
      return false;
    }
    int position = positions[value][row];
    if (column.distinctCount() == 0) {
      column.read(position, scratch, text);
      return LabelColumn.isNull(text.bytes, text.start, text.end);
    }
    byte[] verdicts = column.verdicts(nullTest);
    int ordinal = column.ordinal(position);
    if (verdicts[ordinal] == LabelColumn.UNKNOWN) {
      byte[] word = column.distinct(ordinal, scratch);
      verdicts[ordinal] = LabelColumn.isNull(word, 0, word.length) ? YES : NO;
    }
    return verdicts[ordinal] == YES;
  }
}
