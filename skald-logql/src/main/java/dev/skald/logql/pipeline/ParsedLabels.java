package dev.skald.logql.pipeline;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The labels that stages added to the rows of a batch: slots in flat arrays, chained per row in the
 * order of adding. Values are borrowed bytes: of the page, or of the {@link #scratch} that lives as
 * long as the batch.
 */
final class ParsedLabels {
  private static final int NONE = -1;
  private static final int SCRATCH_BYTES = 64 << 10;

  /** Some milliseconds. */
  private static final int SLOTS_BETWEEN_CHECKS = 1 << 21;

  /** Four numbers and a reference. */
  private static final int BYTES_PER_SLOT = 4 * Integer.BYTES + Long.BYTES;

  private final NameTable names;
  private final StageBudget budget;
  private final int[] first = new int[RowBatch.ROWS_MAX];
  private final int[] last = new int[RowBatch.ROWS_MAX];
  private int slotCount;
  private int slotsPassed;
  private int[] nameIds = new int[4096];
  private int[] starts = new int[4096];
  private int[] ends = new int[4096];
  private int[] next = new int[4096];

  /** Null: the value is still in its column. */
  private byte[] @Nullable [] bytes = new byte[4096][];

  /** Where a value comes from, and which of the column's it is; null if it comes from no column. */
  private @Nullable LabelColumn[] columns = new LabelColumn[4096];

  private int[] positions = new int[4096];
  private final ByteSlice resolved = new ByteSlice();

  /** What {@link #recall} asks for; null: nothing. */
  private @Nullable Recalled recalled;

  private byte[] scratch = new byte[SCRATCH_BYTES];
  private int scratchLength;

  /** What became of slots. */
  private static final class Recalled {
    /** By place, the last that was removed of those that a parser had extracted. */
    final int[] removed = new int[RowBatch.ROWS_MAX];

    /** Slots that no parser without expressions has made. */
    final BitSet setBySteps = new BitSet();

    final BitSet tested = new BitSet();

    void reset(int rowCount) {
      Arrays.fill(removed, 0, rowCount, NONE);
      setBySteps.clear();
      tested.clear();
    }
  }

  ParsedLabels(NameTable names, StageBudget budget) {
    this.names = names;
    this.budget = budget;
  }

  void reset(int rowCount) {
    Arrays.fill(first, 0, rowCount, NONE);
    slotCount = 0;
    scratchLength = 0;
    if (recalled != null) {
      recalled.reset(rowCount);
    }
  }

  /** From the next batch on, extracted labels are known when they have been removed. */
  void recall() {
    recalled = new Recalled();
  }

  /** The last slot that was removed of a row's extracted labels, or -1; {@link #next} is the one removed before. */
  int firstRemoved(int place) {
    return recalled == null ? NONE : recalled.removed[place];
  }

  /** True once for each label that a parser without expressions has extracted; after {@link #recall}. */
  boolean takeUntested(int slot) {
    if (recalled == null || recalled.setBySteps.get(slot) || recalled.tested.get(slot)) {
      return false;
    }
    recalled.tested.set(slot);
    return true;
  }

  /** The first slot of a row, or -1. */
  int first(int place) {
    return first[place];
  }

  /** The slot after, or -1. */
  int next(int slot) {
    return next[slot];
  }

  int nameId(int slot) {
    return nameIds[slot];
  }

  String name(int slot) {
    return names.name(nameIds[slot]);
  }

  String text(int slot) {
    read(slot, resolved);
    return resolved.text();
  }

  void read(int slot, ByteSlice out) {
    byte[] value = bytes[slot];
    LabelColumn column = columns[slot];
    if (value == null && column != null) {
      column.read(positions[slot], this, out);
      bytes[slot] = out.bytes;
      starts[slot] = out.start;
      ends[slot] = out.end;
    } else if (value != null) {
      out.set(value, starts[slot], ends[slot]);
    }
  }

  /** The column that a value comes from as it is, at {@link #position}; null if there is none. */
  @Nullable LabelColumn column(int slot) {
    return columns[slot];
  }

  int position(int slot) {
    return positions[slot];
  }

  int find(int place, int nameId) {
    int slot = first[place];
    int passed = 0;
    while (slot != NONE && nameIds[slot] != nameId) {
      slot = next[slot];
      passed++;
    }
    slotsPassed += passed;
    if (slotsPassed > SLOTS_BETWEEN_CHECKS) {
      // stages that name thousands of labels take long for a single batch
      slotsPassed = 0;
      budget.check();
    }
    return slot;
  }

  /** The label added next is set by a stage, not extracted by a parser without expressions. */
  void noteSet() {
    if (recalled != null) {
      recalled.setBySteps.set(slotCount);
    }
  }

  /** The caller has seen that the row has no parsed label of this name. */
  void add(int place, int nameId, byte[] value, int start, int end) {
    int slot = append(place, nameId);
    replace(slot, value, start, end);
  }

  /** As {@link #add}, of a value that is read when somebody asks for it. */
  void addColumn(int place, int nameId, LabelColumn column, int position) {
    int slot = append(place, nameId);
    replaceColumn(slot, column, position);
  }

  private int append(int place, int nameId) {
    if (slotCount == nameIds.length) {
      grow();
    }
    int slot = slotCount++;
    nameIds[slot] = nameId;
    next[slot] = NONE;
    if (first[place] == NONE) {
      first[place] = slot;
    } else {
      next[last[place]] = slot;
    }
    last[place] = slot;
    return slot;
  }

  void replaceColumn(int slot, LabelColumn column, int position) {
    bytes[slot] = null;
    columns[slot] = column;
    positions[slot] = position;
  }

  void replace(int slot, byte[] value, int start, int end) {
    columns[slot] = null;
    bytes[slot] = value;
    starts[slot] = start;
    ends[slot] = end;
  }

  void remove(int place, int nameId) {
    int before = NONE;
    int slot = first[place];
    while (slot != NONE && nameIds[slot] != nameId) {
      before = slot;
      slot = next[slot];
    }
    if (slot == NONE) {
      return;
    }
    if (before == NONE) {
      first[place] = next[slot];
    } else {
      next[before] = next[slot];
    }
    if (last[place] == slot) {
      last[place] = before;
    }
    if (recalled != null && !recalled.setBySteps.get(slot)) {
      next[slot] = recalled.removed[place];
      recalled.removed[place] = slot;
    }
  }

  /**
   * A state of a row to {@link #rewind} to, as long as only labels of this row are added, and none
   * removed.
   */
  long mark(int place) {
    int lastSlot = first[place] == NONE ? NONE : last[place];
    return (long) slotCount << 32 | (lastSlot & 0xffffffffL);
  }

  /** Takes back what was added since {@link #mark}. */
  void rewind(int place, long mark) {
    slotCount = (int) (mark >>> 32);
    int lastSlot = (int) mark;
    if (lastSlot == NONE) {
      first[place] = NONE;
    } else {
      last[place] = lastSlot;
      next[lastSlot] = NONE;
    }
  }

  private void grow() {
    int capacity = nameIds.length * 2;
    budget.reserve((long) nameIds.length * BYTES_PER_SLOT); // kept as long as the worker
    nameIds = Arrays.copyOf(nameIds, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    next = Arrays.copyOf(next, capacity);
    bytes = Arrays.copyOf(bytes, capacity);
    columns = Arrays.copyOf(columns, capacity);
    positions = Arrays.copyOf(positions, capacity);
  }

  /**
   * Room for {@code byteCount} bytes in {@link #scratch}, at {@link #scratchLength}. What was
   * written before stays where it is: a full array is left to those who hold it.
   */
  void reserve(int byteCount) {
    if (scratch.length - scratchLength < byteCount) {
      scratch = new byte[Math.max(SCRATCH_BYTES, byteCount)];
      scratchLength = 0;
    }
  }

  /** Where decoded values are written; after {@link #reserve}. */
  byte[] scratch() {
    return scratch;
  }

  int scratchLength() {
    return scratchLength;
  }

  /** Takes the bytes up to {@code end}, written since {@link #reserve}. */
  void commit(int end) {
    scratchLength = end;
  }

  /**
   * Copies bytes to the scratch; they are at
   * {@code scratch()[scratchLength() - length .. scratchLength())}.
   */
  void copy(byte[] source, int start, int end) {
    reserve(end - start);
    System.arraycopy(source, start, scratch, scratchLength, end - start);
    scratchLength += end - start;
  }
}
