package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.BoundPlan.Labelling;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a page that are labelled alike, and where their values stand. One thread. */
final class ColumnKind {
  private static final int NOT_FOUND = -1;
  private static final double[] NO_NUMBERS = {};
  private static final int[] NO_POSITIONS = {};

  private final BoundPlan plan;

  /** Values that a row of this kind may lack: it is another kind of row then. */
  private final int[] doubtful;

  /** What a row's value is: an element of {@link #numbers}, nothing, or 1. */
  private final Value value;

  private final double[] numbers;
  private final int[] numberPositions;
  private final ColumnGroups groups;

  private enum Value {
    ONE,
    NUMBER,
    DROPPED,
    /** Rows are to be run. */
    UNKNOWN
  }

  private ColumnKind(
      BoundPlan plan,
      int[] doubtful,
      Value value,
      double[] numbers,
      int[] numberPositions,
      ColumnGroups groups) {
    this.plan = plan;
    this.doubtful = doubtful;
    this.value = value;
    this.numbers = numbers;
    this.numberPositions = numberPositions;
    this.groups = groups;
  }

  /**
   * Of rows that were labelled so before.
   *
   * @param unwrapped null: values are 1
   * @param known groups of the page's kinds so far; a new one is added
   */
  static ColumnKind of(
      BoundPlan plan,
      Labelling labelling,
      NameTable table,
      @Nullable String unwrapped,
      List<String> names,
      List<ColumnGroups> known) {
    Value value = Value.ONE;
    double[] numbers = NO_NUMBERS;
    int[] positions = NO_POSITIONS;
    if (unwrapped != null) {
      int id = table.id(unwrapped);
      int found = valueOf(labelling, id);
      LabelColumn column = found == NOT_FOUND ? null : plan.column(found);
      double[] read = column == null ? null : column.numbers();
      if (read != null) {
        value = Value.NUMBER;
        numbers = read;
        positions = plan.positions(found);
      } else {
        boolean isMissing = found == NOT_FOUND && labelling.after().indexOf(id) < 0;
        value = isMissing ? Value.DROPPED : Value.UNKNOWN;
      }
    }
    ColumnGroups groups = mayBeInError(labelling) ? null : groups(plan, labelling, table, names);
    if (groups == null) {
      value = Value.UNKNOWN;
      groups = ColumnGroups.NONE;
    }
    int[] doubtful = Arrays.stream(labelling.values()).filter(plan::mayBeAbsent).toArray();
    return new ColumnKind(plan, doubtful, value, numbers, positions, groups.likeOneOf(known));
  }

  private static boolean mayBeInError(Labelling labelling) {
    return valueOf(labelling, NameTable.ERROR) != NOT_FOUND
        || valueOf(labelling, NameTable.ERROR_DETAILS) != NOT_FOUND
        || labelling.after().indexOf(NameTable.ERROR) >= 0
        || labelling.after().indexOf(NameTable.ERROR_DETAILS) >= 0;
  }

  /** Null if some value is in no dictionary, or their combinations are many. */
  private static @Nullable ColumnGroups groups(
      BoundPlan plan, Labelling labelling, NameTable table, List<String> names) {
    LabelColumn[] columns = new LabelColumn[names.size()];
    int[][] positions = new int[names.size()][];
    int count = 0;
    for (String name : names) {
      int found = valueOf(labelling, table.id(name));
      LabelColumn column = found == NOT_FOUND ? null : plan.column(found);
      if (column != null) {
        positions[count] = plan.positions(found);
        columns[count++] = column;
      }
    }
    boolean isShared = count == names.size(); // else some value is that of all rows of the kind
    return ColumnGroups.of(
        Arrays.copyOf(columns, count), Arrays.copyOf(positions, count), isShared);
  }

  private static int valueOf(Labelling labelling, int nameId) {
    for (int i = 0; i < labelling.targets().length; i++) {
      if (labelling.targets()[i] == nameId) {
        return labelling.values()[i];
      }
    }
    return NOT_FOUND;
  }

  /** Whether the row is of this kind indeed; if not, it is to be run. */
  boolean says(int row) {
    if (value == Value.UNKNOWN || !plan.saysAllOf(row)) {
      return false;
    }
    for (int one : doubtful) {
      if (plan.isAbsent(one, row)) {
        return false;
      }
    }
    return value != Value.NUMBER || Double.isFinite(numbers[numberPositions[row]]);
  }

  /** Whether unwrap drops the row. */
  boolean isDropped() {
    return value == Value.DROPPED;
  }

  double value(int row) {
    return value == Value.NUMBER ? numbers[numberPositions[row]] : 1;
  }

  /** The row's group, or {@link ColumnGroups#NEW}. */
  int group(int row) {
    return groups.group(row);
  }

  void setGroup(int row, int group) {
    groups.setGroup(row, group);
  }
}
