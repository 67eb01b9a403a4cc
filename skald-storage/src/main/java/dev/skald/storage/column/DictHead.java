package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;

/**
 * Distinct values in order of first appearance, a column of their own, and for each value its ordinal. The body is the
 * ordinals and then the table.
 */
record DictHead(int distinctCount, NumberHead ordinals, ColumnHead table) implements ColumnHead {
  static final int CODE = 1;

  static DictHead readRest(ByteReader in, NestedStrings nested, int depth) {
    int distinctCount = in.readCount("distinct values", Integer.MAX_VALUE);
    NumberHead ordinals = NumberHead.read(in);
    if (ordinals.min() < 0 || ordinals.max() >= distinctCount) {
      throw in.corrupt("range of ordinals", "0 to " + (distinctCount - 1), ordinals.max());
    }
    ColumnHead table = ColumnHead.read(in, nested, depth + 1);
    if ((long) ordinals.bodyBytes() + table.bodyBytes() > Integer.MAX_VALUE) {
      throw in.corrupt("bytes of dictionary", "an array's", table.bodyBytes());
    }
    return new DictHead(distinctCount, ordinals, table);
  }

  @Override
  public Stamp stamp() {
    return table.stamp();
  }

  @Override
  public int bodyBytes() {
    return ordinals.bodyBytes() + table.bodyBytes();
  }

  @Override
  public int compressibleBytes() {
    return ordinals.compressibleBytes() + table.compressibleBytes();
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    out.putVarint(distinctCount);
    ordinals.write(out);
    table.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    if (distinctCount > count) {
      throw body.corrupt("distinct values", "at most " + count, distinctCount);
    }
    int[] ordinalOf = ordinals.decodeInts(count, NumberHead.part(body, ordinals.bodyBytes()));
    SlotColumn values = table.open(distinctCount, NumberHead.part(body, table.bodyBytes()));
    return new DictColumn(values, ordinalOf);
  }

  @Override
  public SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    if (distinctCount > count) {
      throw body.corrupt("distinct values", "at most " + count, distinctCount);
    }
    ByteReader part = NumberHead.part(body, ordinals.bodyBytes());
    long[] ordinalOf = ordinals.pick(count, positions, part, marks);
    SlotColumn values = table.open(distinctCount, NumberHead.part(body, table.bodyBytes()));
    return new DictColumn(values, Arrays.stream(ordinalOf).mapToInt(Math::toIntExact).toArray());
  }
}
