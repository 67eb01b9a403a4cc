package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;

/** Values that all begin and end alike: what stands between, as a column. The body is that column's. */
@SuppressWarnings("ArrayRecordComponent")
record AffixHead(byte[] prefix, byte[] suffix, ColumnHead inner) implements ColumnHead {
  static final int CODE = 7;

  /** Longest prefix or suffix that is looked for. */
  static final int AFFIX_BYTES_MAX = 255;

  static AffixHead readRest(ByteReader in, NestedStrings nested, int depth) {
    byte[] prefix = in.readBytes(in.readByte());
    byte[] suffix = in.readBytes(in.readByte());
    ColumnHead inner = ColumnHead.read(in, nested, depth + 1);
    if (inner.stamp().lengthMax() > Integer.MAX_VALUE - 2 * AFFIX_BYTES_MAX) {
      throw in.corrupt("longest value", "an array's", inner.stamp().lengthMax());
    }
    return new AffixHead(prefix, suffix, inner);
  }

  @Override
  public Stamp stamp() {
    Stamp middle = inner.stamp();
    int more = prefix.length + suffix.length;
    return new Stamps()
        .add(middle)
        .add(prefix)
        .add(suffix)
        .of(middle.lengthMin() + more, middle.lengthMax() + more);
  }

  @Override
  public int bodyBytes() {
    return inner.bodyBytes();
  }

  @Override
  public int compressibleBytes() {
    return inner.compressibleBytes();
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    out.putByte(prefix.length);
    out.putBytes(prefix);
    out.putByte(suffix.length);
    out.putBytes(suffix);
    inner.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    return new AffixColumn(prefix, suffix, inner.open(count, body), stamp());
  }

  @Override
  public SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    SlotColumn middle = inner.pick(count, positions, body, marks);
    return new AffixColumn(prefix, suffix, middle, stamp());
  }
}
