package dev.skald.logql.pipeline;

import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.ShapedLines;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #ROWS_MAX} rows of one page on their way through the stages; for the reader: the
 * rows that are left, in order. Everything it returns is borrowed, and valid until the worker's
 * next batch.
 *
 * <p>Rows are addressed in two ways. From outside by index, 0 to {@link #count} - 1. Inside by
 * <em>place</em>, which a row keeps for the life of the batch; {@link #place} leads from one to the
 * other, and dropping a row changes that list alone. Labels that stages add are kept flat, in
 * {@link ParsedLabels}: no object per row or label.
 */
public final class RowBatch {
  /** Rows of a batch: their labels and lines stay in the second-level cache. */
  public static final int ROWS_MAX = 1024;

  /** Smaller amounts are not worth counting one by one. */
  private static final long HELD_BYTES_STEP = 64 << 10;

  private final NameTable names;
  private final StageBudget budget;
  private final ParsedLabels parsed;
  private final RowLabels view = new RowLabels(this);
  private final int[] places = new int[ROWS_MAX];
  private int count;

  // By place.
  private final int[] pageRows = new int[ROWS_MAX];
  private final byte[][] lineBytes = new byte[ROWS_MAX][];
  private final int[] lineStarts = new int[ROWS_MAX];
  private final int[] lineEnds = new int[ROWS_MAX];
  private final BaseLabels[] bases = new BaseLabels[ROWS_MAX];
  private final @Nullable String[] errors = new String[ROWS_MAX];
  private final @Nullable String[] errorDetails = new String[ROWS_MAX];
  private final double[] values = new double[ROWS_MAX];

  private @Nullable Page page;
  private @Nullable BaseLabelsOfPage pageBases;
  private long[] timestamps = {};
  private long heldBytes;
  private long heldUncounted;

  /** Columns of the page that labels come from, found by column and reading. */
  private final Map<ColumnReading, LabelColumn> columns = new HashMap<>();

  private record ColumnReading(int column, LabelColumn.Reading reading) {}

  /** Tests of single values, numbered for {@link LabelColumn#verdicts}. */
  private final Map<ValueCheck, Integer> checks = new HashMap<>();

  private int testCount;

  /** Lines of all rows that whoever chose the rows has read; null if none. */
  private @Nullable Lines linesAtHand;

  /** By place: whether the row's line is known. */
  private final boolean[] hasLine = new boolean[ROWS_MAX];

  private final int[] lineless = new int[ROWS_MAX];
  private final int[] linelessRows = new int[ROWS_MAX];
  private boolean someLinesLoaded;
  private boolean allLinesLoaded;

  RowBatch(NameTable names, StageBudget budget) {
    this.names = names;
    this.budget = budget;
    parsed = new ParsedLabels(names, budget);
  }

  StageBudget budget() {
    return budget;
  }

  /**
   * Counts bytes that a stage has made for a row, as a line or a label: they live as long as the
   * batch.
   */
  void hold(long bytes) {
    heldUncounted += bytes;
    if (heldUncounted >= HELD_BYTES_STEP) {
      heldBytes += heldUncounted;
      long counted = heldUncounted;
      heldUncounted = 0;
      budget.reserve(counted);
    }
  }

  private void releaseHeld() {
    if (heldBytes > 0) {
      budget.release(heldBytes);
    }
    heldBytes = 0;
    heldUncounted = 0;
  }

  // What the reader sees, by index.

  public int count() {
    return count;
  }

  public int pageRow(int i) {
    return pageRows[places[i]];
  }

  public long timestampEpochNanos(int i) {
    return timestamps[pageRows[places[i]]];
  }

  /** The array that holds the current line, from {@link #lineStart} to {@link #lineEnd}. */
  public byte[] lineBytes(int i) {
    if (!hasLine[places[i]]) {
      loadLines();
    }
    return lineBytes[places[i]];
  }

  public int lineStart(int i) {
    if (!hasLine[places[i]]) {
      loadLines();
    }
    return lineStarts[places[i]];
  }

  public int lineEnd(int i) {
    if (!hasLine[places[i]]) {
      loadLines();
    }
    return lineEnds[places[i]];
  }

  /** Reads the lines of these rows, by ascending index: cheaper than all, if only they will be asked for. */
  public void readLines(int[] indices, int indexCount) {
    int needed = 0;
    for (int i = 0; i < indexCount; i++) {
      int place = places[indices[i]];
      if (!hasLine[place]) {
        lineless[needed++] = place;
      }
    }
    loadLines(lineless, needed);
  }

  /** Bytes of the current line; it need not be rebuilt for that. */
  public int lineLength(int i) {
    int place = places[i];
    if (!hasLine[place]) {
      ShapedLines shaped = page == null ? null : page.shaped();
      if (shaped != null) {
        return shaped.lineLength(pageRows[place]);
      }
      loadLines();
    }
    return lineEnds[place] - lineStarts[place];
  }

  /** The labels of a row. The object is the same at each call, and shows the row asked for last. */
  public RowLabels labels(int i) {
    view.show(places[i]);
    return view;
  }

  /** What unwrap read; 1 without unwrap. */
  public double value(int i) {
    return values[places[i]];
  }

  // What steps see, by place.

  @Nullable Page page() {
    return page;
  }

  /** The base labels of {@link #page}. */
  @Nullable BaseLabelsOfPage pageBases() {
    return pageBases;
  }

  NameTable names() {
    return names;
  }

  ParsedLabels parsed() {
    return parsed;
  }

  /**
   * Starts a batch: rows {@code rows[0 .. rowCount)} of the page, nothing parsed.
   *
   * @param lines of these rows, if they were read already
   */
  void load(Page newPage, int[] rows, int rowCount, @Nullable Lines lines) {
    BaseLabelsOfPage known = pageBases;
    if (known == null || !isOf(newPage, known) || known.isBare()) {
      known = BaseLabelsOfPage.of(names, newPage);
      turnTo(newPage, known);
    }
    load(known, rows, rowCount, lines);
  }

  /** As {@link #load}, as if the rows had no structured metadata. */
  void loadBare(Page newPage, int[] rows, int rowCount, @Nullable Lines lines) {
    BaseLabelsOfPage known = pageBases;
    if (known == null || !isOf(newPage, known) || !known.isBare()) {
      known = BaseLabelsOfPage.bare(names, newPage);
      turnTo(newPage, known);
    }
    load(known, rows, rowCount, lines);
  }

  private boolean isOf(Page newPage, BaseLabelsOfPage known) {
    return newPage == page && known.generation() == names.generation();
  }

  private void turnTo(Page newPage, BaseLabelsOfPage bases) {
    page = newPage;
    timestamps = newPage.timestampsEpochNanos();
    pageBases = bases;
    columns.clear();
  }

  private void load(BaseLabelsOfPage known, int[] rows, int rowCount, @Nullable Lines lines) {
    releaseHeld();
    parsed.reset(rowCount);
    linesAtHand = lines;
    someLinesLoaded = false;
    allLinesLoaded = false;
    Arrays.fill(hasLine, 0, rowCount, false);
    count = rowCount;
    Arrays.fill(errors, 0, rowCount, null);
    Arrays.fill(errorDetails, 0, rowCount, null);
    Arrays.fill(values, 0, rowCount, 1);
    for (int i = 0; i < rowCount; i++) {
      places[i] = i;
      pageRows[i] = rows[i];
      bases[i] = known.of(rows[i]);
      if (known.hasErrors()) {
        errors[i] = known.error(rows[i]);
        errorDetails[i] = known.errorDetails(rows[i]);
      }
    }
  }

  /** Points every row at its line, which may have to be read or rebuilt first. */
  void loadLines() {
    if (allLinesLoaded) {
      return;
    }
    int needed = 0;
    for (int i = 0; i < count; i++) {
      if (!hasLine[places[i]]) {
        lineless[needed++] = places[i];
      }
    }
    loadLines(lineless, needed);
    allLinesLoaded = true;
  }

  /** As {@link #loadLines()}, of the rows at {@code some[0 .. someCount)}, ascending, that have none yet. */
  void loadLines(int[] some, int someCount) {
    Page from = page;
    if (from == null || someCount == 0) {
      return;
    }
    ShapedLines shaped = someLinesLoaded ? from.shaped() : null;
    if (shaped != null) {
      rebuildLines(shaped, some, someCount);
      return;
    }
    Lines lines = linesAtHand;
    if (lines == null) {
      for (int i = 0; i < someCount; i++) {
        linelessRows[i] = pageRows[some[i]];
      }
      lines = from.lines(linelessRows, someCount);
    }
    for (int i = 0; i < someCount; i++) {
      int place = some[i];
      setLine(place, lines.bytes(), lines.start(pageRows[place]), lines.end(pageRows[place]));
    }
    someLinesLoaded = true;
  }

  /** Into bytes of the batch's own: reading more of the page's lines could overwrite those read before. */
  private void rebuildLines(ShapedLines shaped, int[] some, int someCount) {
    for (int i = 0; i < someCount; i++) {
      int row = pageRows[some[i]];
      parsed.reserve(shaped.lineLength(row));
      int start = parsed.scratchLength();
      int end = shaped.copyLine(row, parsed.scratch(), start);
      parsed.commit(end);
      setLine(some[i], parsed.scratch(), start, end);
    }
  }

  /** As {@link #loadLines(int[], int)}; some may have theirs. */
  void loadLinesOf(int[] some, int someCount) {
    int needed = 0;
    for (int i = 0; i < someCount; i++) {
      if (!hasLine[some[i]]) {
        lineless[needed++] = some[i];
      }
    }
    loadLines(lineless, needed);
  }

  /** The page's lines taken apart; null if they are not stored so. */
  @Nullable ShapedLines shaped() {
    return page == null ? null : page.shaped();
  }

  /** A column of {@link #shaped} as labels' values. */
  LabelColumn column(int column, LabelColumn.Reading reading) {
    ColumnReading key = new ColumnReading(column, reading);
    LabelColumn known = columns.get(key);
    ShapedLines shaped = shaped();
    if (known == null) {
      if (shaped == null) {
        throw new IllegalStateException("no columns: the page has no shapes");
      }
      known = new LabelColumn(shaped, column, reading, columns.size());
      columns.put(key, known);
    }
    return known;
  }

  /** A number for a test of distinct values, the same for the life of the batch. */
  int newTest() {
    return testCount++;
  }

  /** As {@link #newTest}, one for each check. */
  int testOf(ValueCheck check) {
    return checks.computeIfAbsent(check, one -> newTest());
  }

  int place(int i) {
    return places[i];
  }

  /** Which rows stay. */
  @FunctionalInterface
  interface PlaceTest {
    boolean test(int place);
  }

  void keep(PlaceTest test) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int place = places[i];
      if (test.test(place)) {
        places[kept++] = place;
      }
    }
    count = kept;
  }

  int pageRowAt(int place) {
    return pageRows[place];
  }

  long timestampAt(int place) {
    return timestamps[pageRows[place]];
  }

  /** Steps that read lines call {@link #loadLines} before. */
  byte[] lineBytesAt(int place) {
    return lineBytes[place];
  }

  int lineStartAt(int place) {
    return lineStarts[place];
  }

  int lineEndAt(int place) {
    return lineEnds[place];
  }

  void setLine(int place, byte[] bytes, int start, int end) {
    hasLine[place] = true;
    lineBytes[place] = bytes;
    lineStarts[place] = start;
    lineEnds[place] = end;
  }

  void setValue(int place, double value) {
    values[place] = value;
  }

  BaseLabels base(int place) {
    return bases[place];
  }

  void setBase(int place, BaseLabels base) {
    bases[place] = base;
  }

  /** The row's error state (spec logql.md 5.2): null or empty, all well. */
  @Nullable String error(int place) {
    return errors[place];
  }

  @Nullable String errorDetails(int place) {
    return errorDetails[place];
  }

  boolean hasErrorAt(int place) {
    String error = errors[place];
    return error != null && !error.isEmpty();
  }

  void setError(int place, @Nullable String error, @Nullable String details) {
    errors[place] = error;
    errorDetails[place] = details;
  }

  void setErrorDetails(int place, @Nullable String details) {
    errorDetails[place] = details;
  }

  // Labels by name id, all layers.

  /** Finds a label other than the error state. False: there is none, {@code out} is unchanged. */
  boolean find(int place, int nameId, ByteSlice out) {
    int slot = parsed.find(place, nameId);
    if (slot >= 0) {
      parsed.read(slot, out);
      return true;
    }
    BaseLabels base = bases[place];
    int index = base.indexOf(nameId);
    if (index >= 0) {
      byte[] value = base.value(index);
      out.set(value, 0, value.length);
      return true;
    }
    return false;
  }

  /**
   * The number that a label says, if it comes from a column of plain decimal numbers; else NaN. No plain number is NaN;
   * one beyond the range of doubles is infinite, and is to be read as text.
   */
  double findNumber(int place, int nameId) {
    int slot = parsed.find(place, nameId);
    LabelColumn column = slot < 0 ? null : parsed.column(slot);
    double[] numbers = column == null ? null : column.numbers();
    return numbers == null ? Double.NaN : numbers[parsed.position(slot)];
  }

  /** The value of a label, error state included; null if there is none. */
  @Nullable String text(int place, int nameId) {
    if (nameId == NameTable.ERROR) {
      return errors[place];
    }
    if (nameId == NameTable.ERROR_DETAILS) {
      return errorDetails[place];
    }
    int slot = parsed.find(place, nameId);
    if (slot >= 0) {
      return parsed.text(slot);
    }
    BaseLabels base = bases[place];
    int index = base.indexOf(nameId);
    return index >= 0 ? base.label(index).value() : null;
  }

  /**
   * Sets a parsed label over whatever had its name. The bytes are borrowed until the batch ends.
   */
  void set(int place, int nameId, byte[] bytes, int start, int end) {
    int slot = parsed.find(place, nameId);
    if (slot >= 0) {
      parsed.replace(slot, bytes, start, end);
      return;
    }
    hide(place, nameId);
    parsed.noteSet();
    parsed.add(place, nameId, bytes, start, end);
  }

  /** As {@link #set}, of a value that is read when somebody asks for it. */
  void setColumn(int place, int nameId, LabelColumn column, int position) {
    int slot = parsed.find(place, nameId);
    if (slot >= 0) {
      parsed.replaceColumn(slot, column, position);
      return;
    }
    hide(place, nameId);
    parsed.noteSet();
    parsed.addColumn(place, nameId, column, position);
  }

  /** Takes a name out of the lower layers. */
  void hide(int place, int nameId) {
    BaseLabels base = bases[place];
    int index = base.indexOf(nameId);
    if (index >= 0) {
      bases[place] = base.without(names, index);
    }
  }

  /** Removes a label from all layers; the error names reset their part of the error state. */
  void remove(int place, int nameId) {
    if (nameId == NameTable.ERROR) {
      errors[place] = null;
    } else if (nameId == NameTable.ERROR_DETAILS) {
      errorDetails[place] = null;
    }
    parsed.remove(place, nameId);
    hide(place, nameId);
  }
}
