package dev.skald.storage.shape;

import dev.skald.storage.column.ValueSlices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits the lines of a page: which shape each row has, which shapes and columns the page has, and
 * the values of each column. Shapes and columns are in the order in which rows first need them.
 * Reused from page to page; what it tells is valid until the next.
 */
final class PageSplit {
  /** Rows are split anew at most so often because words turned out to vary. */
  private static final int LEARNING_ROUNDS_MAX = 8;

  /** Whether they vary is asked after so many rows of a page, and after each that many times more. */
  private static final int LEARNING_ROWS = 512;

  private static final int LEARNING_GROWTH = 4;

  private static final int UNUSED = -1;

  private ShapeTable table;
  private BeginningShapes beginnings;
  private final List<KnownShape> found = new ArrayList<>();
  private final SplitLine line = new SplitLine();
  private KnownShape[] shapeOfRow = new KnownShape[1024];

  /** Per row, where its slots begin among all. */
  private int[] slotsOfRow = new int[1024];

  private int[] slotStarts = new int[8192];
  private int[] slotEnds = new int[8192];
  private int slotCount;
  private final List<KnownShape> shapes = new ArrayList<>();
  private int[] ordinalOfColumn = new int[64];
  private final List<ValueSlices> columns = new ArrayList<>();
  private int columnCount;

  PageSplit(ShapeTable table) {
    this.table = table;
    this.beginnings = new BeginningShapes(table);
  }

  /** Goes on with other shapes; buffers are kept. */
  void restart(ShapeTable shapeTable) {
    table = shapeTable;
    beginnings = new BeginningShapes(table);
    shapes.clear();
  }

  /** Takes the lines apart; they are borrowed as long as the columns are in use. */
  void split(ValueSlices lines) {
    int rowCount = lines.count();
    if (shapeOfRow.length < rowCount) {
      shapeOfRow = new KnownShape[rowCount];
      slotsOfRow = new int[rowCount];
    }
    int from = 0;
    int rounds = 0;
    slotCount = 0;
    for (int to = LEARNING_ROWS; from < rowCount; to *= LEARNING_GROWTH) {
      int end = to > 0 && to < rowCount ? to : rowCount;
      for (int row = from; row < end; row++) {
        findShape(lines, row);
      }
      while (table.takeLearned() && rounds++ < LEARNING_ROUNDS_MAX) {
        for (int row = 0; row < end; row++) {
          if (shapeOfRow[row].isStale) {
            findShape(lines, row);
          }
        }
      }
      from = end;
    }
    replaceRare(rowCount);
    fillColumns(lines);
  }

  /** Its slots come after those that were found before. */
  private void findShape(ValueSlices lines, int row) {
    shapeOfRow[row] = table.split(lines.bytes(), lines.start(row), lines.end(row), line);
    int count = line.count;
    if (slotCount + count > slotStarts.length) {
      int length = Math.max(slotStarts.length * 2, slotCount + count);
      slotStarts = Arrays.copyOf(slotStarts, length);
      slotEnds = Arrays.copyOf(slotEnds, length);
    }
    System.arraycopy(line.starts, 0, slotStarts, slotCount, count);
    System.arraycopy(line.ends, 0, slotEnds, slotCount, count);
    slotsOfRow[row] = slotCount;
    slotCount += count;
  }

  /** Decides what each row is kept as. */
  private void replaceRare(int rowCount) {
    found.clear();
    for (int row = 0; row < rowCount; row++) {
      shapeOfRow[row].pageRows = 0;
    }
    for (int row = 0; row < rowCount; row++) {
      if (shapeOfRow[row].pageRows++ == 0) {
        found.add(shapeOfRow[row]);
      }
    }
    beginnings.choose(found);
    for (KnownShape shape : found) {
      shape.keptAs.pageOrdinal = UNUSED;
      shape.keptAs.keptRows = 0;
    }
    for (KnownShape shape : found) {
      shape.keptAs.keptRows += shape.pageRows;
    }
  }

  private void fillColumns(ValueSlices lines) {
    shapes.clear();
    columnCount = 0;
    if (ordinalOfColumn.length < table.columnCount()) {
      ordinalOfColumn = new int[table.columnCount() * 2];
    }
    Arrays.fill(ordinalOfColumn, UNUSED);
    for (int row = 0; row < lines.count(); row++) {
      int slot = slotsOfRow[row];
      KnownShape found = shapeOfRow[row];
      KnownShape shape = found.keptAs;
      if (shape.pageOrdinal == UNUSED) {
        open(shape, lines.bytes());
      }
      ValueSlices[] filled = shape.pageColumns;
      int own = shape == found ? filled.length : filled.length - 1;
      for (int i = 0; i < own; i++) {
        filled[i].add(slotStarts[slot + i], slotEnds[slot + i]);
      }
      if (shape != found) {
        int behind = own == 0 ? lines.start(row) : slotEnds[slot + own - 1];
        filled[own].add(behind + shape.shape().text(own).length, lines.end(row));
      }
      shapeOfRow[row] = shape;
    }
  }

  private void open(KnownShape shape, byte[] lines) {
    shape.pageOrdinal = shapes.size();
    shapes.add(shape);
    for (int i = 0; i < shape.shape().slotCount(); i++) {
      int column = shape.column(i);
      if (ordinalOfColumn[column] == UNUSED) {
        ordinalOfColumn[column] = columnCount++;
        if (columns.size() < columnCount) {
          columns.add(new ValueSlices());
        }
        columns.get(columnCount - 1).reset(lines);
      }
      shape.pageColumns[i] = columns.get(ordinalOfColumn[column]);
    }
  }

  /** The page's shapes; a row's is at its {@link KnownShape#pageOrdinal}. */
  List<KnownShape> shapes() {
    return shapes;
  }

  KnownShape shape(int row) {
    return shapeOfRow[row];
  }

  int columnCount() {
    return columnCount;
  }

  ValueSlices column(int column) {
    return columns.get(column);
  }
}
