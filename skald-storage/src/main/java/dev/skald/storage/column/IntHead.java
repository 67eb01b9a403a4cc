package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;

/** Integers in the one plain form that a long has. */
record IntHead(NumberHead numbers) implements ColumnHead {
  static final int CODE = 2;

  static IntHead readRest(ByteReader in) {
    return new IntHead(NumberHead.read(in));
  }

  @Override
  public Stamp stamp() {
    return stamp(numbers.min(), numbers.max(), 0);
  }

  /** Of decimal numbers with so many digits after the point. */
  static Stamp stamp(long min, long max, int scale) {
    Stamps stamps = new Stamps().addRange('0', '9');
    if (min < 0) {
      stamps.add((byte) '-');
    }
    if (scale > 0) {
      stamps.add((byte) '.');
    }
    int low = DecimalColumn.length(min, scale);
    int high = DecimalColumn.length(max, scale);
    if (min < 0 && max >= 0) {
      return stamps.of(DecimalColumn.length(0, scale), Math.max(low, high));
    }
    return stamps.of(Math.min(low, high), Math.max(low, high));
  }

  @Override
  public int bodyBytes() {
    return numbers.bodyBytes();
  }

  @Override
  public int compressibleBytes() {
    return numbers.compressibleBytes();
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    numbers.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    return new DecimalColumn(numbers.decode(count, body), 0, stamp());
  }

  @Override
  public SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    return new DecimalColumn(numbers.pick(count, positions, body, marks), 0, stamp());
  }
}
