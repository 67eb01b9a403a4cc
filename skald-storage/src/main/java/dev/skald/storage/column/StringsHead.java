package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.Needle;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;
import java.util.BitSet;

/** Any values: their lengths, and then their bytes end to end. */
record StringsHead(Stamp stamp, NumberHead lengths, int valueBytes) implements ColumnHead {
  static final int CODE = 8;

  static StringsHead readRest(ByteReader in) {
    Stamp stamp = Stamps.read(in);
    NumberHead lengths = NumberHead.read(in);
    if (lengths.min() != stamp.lengthMin() || lengths.max() != stamp.lengthMax()) {
      throw in.corrupt(
          "lengths of strings", stamp.lengthMin() + " to " + stamp.lengthMax(), lengths.max());
    }
    int valueBytes = in.readCount("bytes of strings", Integer.MAX_VALUE - lengths.bodyBytes());
    return new StringsHead(stamp, lengths, valueBytes);
  }

  @Override
  public int bodyBytes() {
    return lengths.bodyBytes() + valueBytes;
  }

  @Override
  public int compressibleBytes() {
    return lengths.compressibleBytes() + valueBytes;
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    Stamps.write(stamp, out);
    lengths.write(out);
    out.putVarint(valueBytes);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    int[] lengthOf = lengths.decodeInts(count, NumberHead.part(body, lengths.bodyBytes()));
    int at = body.skip(valueBytes);
    int end = at + valueBytes;
    int[] offsets = Arrays.copyOf(lengthOf, count + 1);
    for (int i = 0; i < count; i++) {
      int length = offsets[i];
      if (length > end - at) {
        throw body.corrupt("length of string", "at most " + (end - at), length);
      }
      offsets[i] = at;
      at += length;
    }
    if (at != end) {
      throw body.corrupt("bytes of strings", valueBytes, valueBytes - (end - at));
    }
    offsets[count] = end;
    return new Column(count, stamp, body.array(), offsets);
  }

  private static final class Column extends UndividedColumn {
    private final byte[] bytes;
    private final int[] offsets;

    Column(int count, Stamp stamp, byte[] bytes, int[] offsets) {
      super(count, stamp);
      this.bytes = bytes;
      this.offsets = offsets;
    }

    @Override
    public int length(int position) {
      return offsets[position + 1] - offsets[position];
    }

    @Override
    public int copy(int position, byte[] target, int at) {
      int length = length(position);
      System.arraycopy(bytes, offsets[position], target, at, length);
      return at + length;
    }

    @Override
    void findPossible(Needle needle, BitSet positions) {
      new ValueFinder(needle).find(bytes, offsets, count(), 0, positions);
    }
  }
}
