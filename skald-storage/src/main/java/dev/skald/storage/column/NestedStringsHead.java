package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;

/** Values that an encoding from outside has taken apart. */
record NestedStringsHead(NestedStrings.Head head) implements ColumnHead {
  static final int CODE = 9;

  @Override
  public Stamp stamp() {
    return head.stamp();
  }

  @Override
  public int bodyBytes() {
    return head.bodyBytes();
  }

  @Override
  public int compressibleBytes() {
    return head.isDense() ? 0 : head.bodyBytes();
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    head.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    return head.open(count, body);
  }
}
