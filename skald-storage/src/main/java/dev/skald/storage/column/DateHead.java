package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.Needle;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.BitSet;

/** Times in one layout: the units of their last digit since 1970-01-01T00:00, whatever zone is written. */
record DateHead(DateLayout layout, NumberHead numbers) implements ColumnHead {
  static final int CODE = 5;

  static DateHead readRest(ByteReader in) {
    byte[] pattern = in.readBytes(in.readByte());
    DateLayout layout = DateLayout.ofPattern(pattern);
    if (layout == null) {
      throw in.corrupt("pattern of times", "a known one", pattern.length + " bytes");
    }
    return new DateHead(layout, NumberHead.read(in));
  }

  @Override
  public Stamp stamp() {
    return layout.stamp();
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
    out.putByte(layout.pattern().length);
    out.putBytes(layout.pattern());
    numbers.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    return new Column(layout, numbers.decode(count, body));
  }

  @Override
  public SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    return new Column(layout, numbers.pick(count, positions, body, marks));
  }

  private static final class Column extends UndividedColumn {
    private final DateLayout layout;
    private final DateLayout.Day day = new DateLayout.Day();
    private final long[] values;

    Column(DateLayout layout, long[] values) {
      super(values.length, layout.stamp());
      this.layout = layout;
      this.values = values;
    }

    @Override
    public int length(int position) {
      return layout.template().length();
    }

    @Override
    public int copy(int position, byte[] target, int at) {
      return layout.write(values[position], day, target, at);
    }

    @Override
    void findPossible(Needle needle, BitSet positions) {
      if (layout.template().admits(needle)) {
        super.findPossible(needle, positions);
      }
    }
  }
}
