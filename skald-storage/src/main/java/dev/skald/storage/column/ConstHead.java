package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.Needle;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** All values are equal; there is no body. Also a column without values. */
@SuppressWarnings("ArrayRecordComponent")
record ConstHead(byte[] value) implements ColumnHead {
  static final int CODE = 0;

  static ConstHead readRest(ByteReader in) {
    return new ConstHead(in.readBytes(in.readCount("length of value", in.remaining())));
  }

  @Override
  public Stamp stamp() {
    return new Stamps().add(value).of(value.length, value.length);
  }

  @Override
  public int bodyBytes() {
    return 0;
  }

  @Override
  public int compressibleBytes() {
    return 0;
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    out.putVarint(value.length);
    out.putBytes(value);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    return new Column(count, value, stamp());
  }

  private static final class Column implements SlotColumn {
    private final int count;
    private final byte[] value;
    private final Stamp stamp;
    private int @Nullable [] ordinals;

    Column(int count, byte[] value, Stamp stamp) {
      this.count = count;
      this.value = value;
      this.stamp = stamp;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public Stamp stamp() {
      return stamp;
    }

    @Override
    public int length(int position) {
      return value.length;
    }

    @Override
    public int copy(int position, byte[] target, int at) {
      System.arraycopy(value, 0, target, at, value.length);
      return at + value.length;
    }

    @Override
    public int distinctCount() {
      return 1;
    }

    @Override
    public byte[] distinct(int ordinal) {
      return value;
    }

    @Override
    public int[] ordinals() {
      if (ordinals == null) {
        ordinals = new int[count];
      }
      return ordinals;
    }

    @Override
    public double @Nullable [] numbers() {
      double[] one = PlainNumbers.of(new Column(1, value, stamp));
      if (one == null) {
        return null;
      }
      double[] numbers = new double[count];
      Arrays.fill(numbers, one[0]);
      return numbers;
    }

    @Override
    public void find(Needle needle, BitSet positions) {
      if (new ValueFinder(needle).matches(value, 0, value.length)) {
        positions.set(0, count);
      }
    }
  }
}
