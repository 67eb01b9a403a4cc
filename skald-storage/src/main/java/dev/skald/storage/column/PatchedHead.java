package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;

/**
 * A column in which a few values are not what it says, but those of another one: {@code odd}, at {@code positions}. The
 * body is that of the column, of the positions, and of the odd values.
 */
record PatchedHead(int oddCount, ColumnHead regular, NumberHead positions, ColumnHead odd)
    implements ColumnHead {
  static final int CODE = 10;

  static PatchedHead readRest(ByteReader in, NestedStrings nested, int depth) {
    int oddCount = in.readCount("odd values", Integer.MAX_VALUE);
    ColumnHead regular = ColumnHead.read(in, nested, depth + 1);
    NumberHead positions = NumberHead.read(in);
    ColumnHead odd = ColumnHead.read(in, nested, depth + 1);
    long bytes = (long) regular.bodyBytes() + positions.bodyBytes() + odd.bodyBytes();
    if (bytes > Integer.MAX_VALUE) {
      throw in.corrupt("bytes of column with odd values", "an array's", bytes);
    }
    return new PatchedHead(oddCount, regular, positions, odd);
  }

  @Override
  public Stamp stamp() {
    Stamp one = regular.stamp();
    Stamp other = odd.stamp();
    return new Stamps()
        .add(one)
        .add(other)
        .of(
            Math.min(one.lengthMin(), other.lengthMin()),
            Math.max(one.lengthMax(), other.lengthMax()));
  }

  @Override
  public int bodyBytes() {
    return regular.bodyBytes() + positions.bodyBytes() + odd.bodyBytes();
  }

  @Override
  public int compressibleBytes() {
    return regular.compressibleBytes() + positions.compressibleBytes() + odd.compressibleBytes();
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    out.putVarint(oddCount);
    regular.write(out);
    positions.write(out);
    odd.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    if (oddCount > count) {
      throw body.corrupt("odd values", "at most " + count, oddCount);
    }
    return open(regular.open(count, NumberHead.part(body, regular.bodyBytes())), body);
  }

  @Override
  public SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    if (oddCount > count) {
      throw body.corrupt("odd values", "at most " + count, oddCount);
    }
    ByteReader part = NumberHead.part(body, regular.bodyBytes());
    SlotColumn picked = regular.pick(count, positions, part, marks);
    int[] oddAt = oddPositions(count, body);
    SlotColumn odds = odd.open(oddCount, NumberHead.part(body, odd.bodyBytes()));
    int[] pickedAt = new int[positions.length];
    int[] ofOdd = new int[positions.length];
    int found = 0;
    for (int i = 0; i < positions.length; i++) {
      int at = Arrays.binarySearch(oddAt, positions[i]);
      if (at >= 0) {
        pickedAt[found] = i;
        ofOdd[found++] = at;
      }
    }
    return new PatchedColumn(
        picked,
        Arrays.copyOf(pickedAt, found),
        new PickedColumn(odds, Arrays.copyOf(ofOdd, found)),
        stamp());
  }

  @Override
  public boolean isReadAsStored() {
    return regular.isReadAsStored();
  }

  @Override
  public SlotColumn open(int count, MappedBody body) {
    int regularBytes = regular.bodyBytes();
    ByteReader rest = body.after(regularBytes).copy(bodyBytes() - regularBytes);
    if (oddCount > count) {
      throw rest.corrupt("odd values", "at most " + count, oddCount);
    }
    return open(regular.open(count, body), rest);
  }

  /**
   * @param body behind that of the regular column
   */
  private SlotColumn open(SlotColumn column, ByteReader body) {
    int[] at = oddPositions(column.count(), body);
    SlotColumn odds = odd.open(oddCount, NumberHead.part(body, odd.bodyBytes()));
    return new PatchedColumn(column, at, odds, stamp());
  }

  private int[] oddPositions(int count, ByteReader body) {
    int[] at = positions.decodeInts(oddCount, NumberHead.part(body, positions.bodyBytes()));
    for (int i = 0; i < at.length; i++) {
      if (at[i] >= count || (i > 0 && at[i] <= at[i - 1])) {
        throw body.corrupt("position of odd value", "ascending, below " + count, at[i]);
      }
    }
    return at;
  }
}
