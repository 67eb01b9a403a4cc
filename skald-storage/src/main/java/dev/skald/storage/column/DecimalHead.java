package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;

/** Decimal numbers, all with {@code scale} digits after the point: the number without the point. */
record DecimalHead(int scale, NumberHead numbers) implements ColumnHead {
  static final int CODE = 3;

  static DecimalHead readRest(ByteReader in) {
    int scale = in.readByte();
    if (scale < 1 || scale > DecimalText.DIGITS_MAX) {
      throw in.corrupt("digits after the point", "1 to " + DecimalText.DIGITS_MAX, scale);
    }
    return new DecimalHead(scale, NumberHead.read(in));
  }

  @Override
  public Stamp stamp() {
    return IntHead.stamp(numbers.min(), numbers.max(), scale);
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
    out.putByte(scale);
    numbers.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    return new DecimalColumn(numbers.decode(count, body), scale, stamp());
  }

  @Override
  public SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    return new DecimalColumn(numbers.pick(count, positions, body, marks), scale, stamp());
  }
}
