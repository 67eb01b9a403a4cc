package dev.skald.logql.pipeline;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Needle;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.model.Shape;
import dev.skald.model.ShapedLines;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page whose lines are taken apart by {@link LineSplitter}, as plainly as can be. It promises as little as the
 * interfaces do: all lines at once are refused, and lines that were read are overwritten by the next that are.
 */
public final class ShapedPage implements Page {
  private final EntryBatch rows;
  private final Taken lines;
  private byte[] shared = new byte[16];
  private int linesRead;

  /**
   * @param rows the page as it is without shapes; its lines are the definition
   */
  public ShapedPage(EntryBatch rows, LineSplitter splitter) {
    this.rows = rows;
    lines = new Taken(rows, splitter);
  }

  @Override
  public int rowCount() {
    return rows.rowCount();
  }

  @Override
  public long[] timestampsEpochNanos() {
    return rows.timestampsEpochNanos();
  }

  @Override
  public int[] streamOrdinals() {
    return rows.streamOrdinals();
  }

  @Override
  public int streamCount() {
    return rows.streamCount();
  }

  @Override
  public Labels stream(int ordinal) {
    return rows.stream(ordinal);
  }

  @Override
  public int[] metadataOrdinals() {
    return rows.metadataOrdinals();
  }

  @Override
  public int metadataCount() {
    return rows.metadataCount();
  }

  @Override
  public Labels metadata(int ordinal) {
    return rows.metadata(ordinal);
  }

  @Override
  public Lines lines() {
    throw new AssertionError("all lines of a page at once");
  }

  @Override
  public Lines lines(int[] some, int count) {
    Arrays.fill(shared, (byte) '#');
    int[] offsets = new int[rows.rowCount() + 1];
    int next = 0;
    int length = 0;
    linesRead += count;
    for (int row = 0; row < rows.rowCount(); row++) {
      offsets[row] = length;
      if (next < count && some[next] == row) {
        int end = length + lines.lineLength(row);
        if (end > shared.length) {
          shared = Arrays.copyOf(shared, end * 2);
        }
        length = lines.copyLine(row, shared, length);
        if (length != end) {
          throw new AssertionError("row " + row + " ends at " + length + " not " + end);
        }
        next++;
      }
    }
    offsets[rows.rowCount()] = length;
    return new Lines(shared, offsets);
  }

  @Override
  public ShapedLines shaped() {
    return lines;
  }

  /** Lines that were rebuilt as a whole page's reader asks for them. */
  public int linesRead() {
    return linesRead;
  }

  /** Columns that were read. */
  public int columnsRead() {
    return (int) lines.columns.stream().filter(column -> column.isRead).count();
  }

  /** The lines taken apart. */
  private static final class Taken implements ShapedLines {
    private final Shape[] shapes;
    private final int[] shapeOrdinals;
    private final int[] rowCounts;
    private final int[][] columnOfSlot;
    private final List<TestColumn> columns;
    private final int[][] positions;

    Taken(EntryBatch page, LineSplitter splitter) {
      Map<Shape, Integer> ordinals = new LinkedHashMap<>();
      Map<List<Object>, Integer> columnIds = new LinkedHashMap<>();
      List<ArrayList<byte[]>> values = new ArrayList<>();
      List<int[]> places = new ArrayList<>();
      List<int[]> slotColumns = new ArrayList<>();
      shapeOrdinals = new int[page.rowCount()];
      int[] counts = new int[page.rowCount()];
      for (int row = 0; row < page.rowCount(); row++) {
        Lines lines = page.lines();
        byte[] line = Arrays.copyOfRange(lines.bytes(), lines.start(row), lines.end(row));
        LineSplitter.Split split = splitter.split(line);
        Integer known = ordinals.putIfAbsent(split.shape(), ordinals.size());
        int shape = known == null ? ordinals.size() - 1 : known;
        if (known == null) {
          int[] ids = new int[split.shape().slotCount()];
          for (int slot = 0; slot < ids.length; slot++) {
            List<Object> key =
                splitter.columnKey(split.shape(), shape, slot, Arrays.copyOf(ids, slot), columnIds);
            Integer id = columnIds.putIfAbsent(key, columnIds.size());
            ids[slot] = id == null ? columnIds.size() - 1 : id;
            if (id == null) {
              values.add(new ArrayList<>());
              places.add(new int[page.rowCount()]);
            }
          }
          slotColumns.add(ids);
        }
        shapeOrdinals[row] = shape;
        counts[shape]++;
        int[] ids = slotColumns.get(shape);
        for (int slot = 0; slot < ids.length; slot++) {
          places.get(ids[slot])[row] = values.get(ids[slot]).size();
          values.get(ids[slot]).add(split.values().get(slot));
        }
      }
      shapes = ordinals.keySet().toArray(Shape[]::new);
      rowCounts = counts;
      columnOfSlot = slotColumns.toArray(int[][]::new);
      positions = places.toArray(int[][]::new);
      columns = values.stream().map(some -> new TestColumn(some, splitter)).toList();
    }

    @Override
    public int shapeCount() {
      return shapes.length;
    }

    @Override
    public Shape shape(int ordinal) {
      return shapes[ordinal];
    }

    @Override
    public int column(int shapeOrdinal, int slot) {
      return columnOfSlot[shapeOrdinal][slot];
    }

    @Override
    public int[] shapeOrdinals() {
      return shapeOrdinals;
    }

    @Override
    public int rowCount(int shapeOrdinal) {
      return rowCounts[shapeOrdinal];
    }

    @Override
    public int columnCount() {
      return columns.size();
    }

    @Override
    public Stamp stamp(int column) {
      return columns.get(column).stamp();
    }

    @Override
    public SlotColumn column(int column) {
      columns.get(column).isRead = true;
      return columns.get(column);
    }

    @Override
    public int[] positions(int column) {
      return positions[column];
    }

    @Override
    public int lineLength(int row) {
      Shape shape = shapes[shapeOrdinals[row]];
      int length = shape.text(shape.slotCount()).length;
      for (int slot = 0; slot < shape.slotCount(); slot++) {
        int column = columnOfSlot[shapeOrdinals[row]][slot];
        length += shape.text(slot).length + columns.get(column).length(positions[column][row]);
      }
      return length;
    }

    @Override
    public int copyLine(int row, byte[] target, int at) {
      Shape shape = shapes[shapeOrdinals[row]];
      int to = at;
      for (int slot = 0; slot <= shape.slotCount(); slot++) {
        byte[] text = shape.text(slot);
        System.arraycopy(text, 0, target, to, text.length);
        to += text.length;
        if (slot < shape.slotCount()) {
          int column = columnOfSlot[shapeOrdinals[row]][slot];
          to = columns.get(column).copy(positions[column][row], target, to);
        }
      }
      return to;
    }

    @Override
    public void findLines(Needle needle, Selection selected, BitSet found) {
      for (int i = 0; i < selected.count(); i++) {
        int row = selected.row(i);
        byte[] line = new byte[lineLength(row)];
        copyLine(row, line, 0);
        if (TestColumn.holds(line, needle)) {
          found.set(row);
        }
      }
    }
  }

  /** A column as a list of values; what it tells of itself is up to the splitter. */
  private static final class TestColumn implements SlotColumn {
    private final List<byte[]> values;
    private final Stamp stamp;
    private final byte[][] distinct;
    private final int[] ordinals;
    private final double @Nullable [] numbers;
    private boolean isRead;

    TestColumn(List<byte[]> values, LineSplitter splitter) {
      this.values = values;
      stamp = splitter.stamp(values);
      if (splitter.hasDictionary()) {
        Map<String, Integer> known = new LinkedHashMap<>();
        ArrayList<byte[]> bytes = new ArrayList<>();
        ordinals = new int[values.size()];
        for (int i = 0; i < ordinals.length; i++) {
          Integer id = known.putIfAbsent(Arrays.toString(values.get(i)), known.size());
          ordinals[i] = id == null ? known.size() - 1 : id;
          if (id == null) {
            bytes.add(values.get(i));
          }
        }
        distinct = bytes.toArray(byte[][]::new);
      } else {
        ordinals = new int[0];
        distinct = new byte[0][];
      }
      numbers = splitter.numbers(values);
    }

    @Override
    public int count() {
      return values.size();
    }

    @Override
    public Stamp stamp() {
      return stamp;
    }

    @Override
    public int length(int position) {
      return values.get(position).length;
    }

    @Override
    public int copy(int position, byte[] target, int at) {
      byte[] value = values.get(position);
      System.arraycopy(value, 0, target, at, value.length);
      return at + value.length;
    }

    @Override
    public int distinctCount() {
      return distinct.length;
    }

    @Override
    public byte[] distinct(int ordinal) {
      return distinct[ordinal];
    }

    @Override
    public int[] ordinals() {
      if (distinct.length == 0) {
        throw new AssertionError("ordinals without a dictionary");
      }
      return ordinals;
    }

    @Override
    public double @Nullable [] numbers() {
      return numbers;
    }

    @Override
    public void find(Needle needle, BitSet positions) {
      for (int i = 0; i < values.size(); i++) {
        if (holds(values.get(i), needle)) {
          positions.set(i);
        }
      }
    }

    private static boolean holds(byte[] text, Needle needle) {
      int last = text.length - needle.bytes().length;
      for (int at = 0; at <= last; at++) {
        boolean isPlace =
            switch (needle.how()) {
              case ANYWHERE -> true;
              case AT_START -> at == 0;
              case AT_END -> at == last;
              case WHOLE -> at == 0 && last == 0;
            };
        if (isPlace && isAt(text, at, needle)) {
          return true;
        }
      }
      return false;
    }

    private static boolean isAt(byte[] text, int at, Needle needle) {
      for (int i = 0; i < needle.bytes().length; i++) {
        byte b = text[at + i];
        if (needle.letterCase() == Needle.LetterCase.FOLDED && b >= 'A' && b <= 'Z') {
          b |= 0x20;
        }
        if (b != needle.bytes()[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
