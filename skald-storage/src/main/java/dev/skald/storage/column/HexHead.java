package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Values of a {@link HexLayout}: their digits end to end, half a byte each, the first in the high half. Dense: it is for
 * random ids, which are searched as they are stored.
 */
record HexHead(HexLayout layout, int bodyBytes) implements ColumnHead {
  static final int CODE = 6;
  static final int VALUE_BYTES_MAX = 255;

  static HexHead readRest(ByteReader in) {
    int letterCase = in.readByte();
    if (letterCase > HexLayout.UPPER) {
      throw in.corrupt("case of digits", "0 or 1", letterCase);
    }
    byte[] template = in.readBytes(in.readByte());
    byte[] bits = in.readBytes((template.length + Byte.SIZE - 1) / Byte.SIZE);
    boolean[] isDigit = new boolean[template.length];
    for (int i = 0; i < template.length; i++) {
      isDigit[i] = (bits[i / Byte.SIZE] >>> (i % Byte.SIZE) & 1) != 0;
    }
    HexLayout layout = new HexLayout(template, isDigit, letterCase);
    if (layout.digits == 0) {
      throw in.corrupt("digits of template", "at least 1", 0);
    }
    return new HexHead(layout, in.readCount("bytes of digits", Integer.MAX_VALUE));
  }

  static long packedBytes(int count, int digits) {
    return ((long) count * digits + 1) / 2;
  }

  @Override
  public Stamp stamp() {
    Stamps stamps = new Stamps().addRange('0', '9');
    if (layout.letterCase == HexLayout.UPPER) {
      stamps.addRange('A', 'F');
    } else {
      stamps.addRange('a', 'f');
    }
    for (int i = 0; i < layout.length(); i++) {
      if (!layout.isDigit(i)) {
        stamps.add(layout.template[i]);
      }
    }
    return stamps.of(layout.length(), layout.length());
  }

  @Override
  public int compressibleBytes() {
    return 0;
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    out.putByte(layout.letterCase);
    out.putByte(layout.length());
    out.putBytes(layout.template);
    byte[] bits = new byte[(layout.length() + Byte.SIZE - 1) / Byte.SIZE];
    for (int i = 0; i < layout.length(); i++) {
      bits[i / Byte.SIZE] |= (byte) ((layout.isDigit(i) ? 1 : 0) << (i % Byte.SIZE));
    }
    out.putBytes(bits);
    out.putVarint(bodyBytes);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    if (packedBytes(count, layout.digits) != bodyBytes) {
      throw body.corrupt("digits", packedBytes(count, layout.digits) + " bytes", bodyBytes);
    }
    PackedDigits packed = new PackedDigits.InArray(body.array(), body.skip(bodyBytes));
    return new HexColumn(count, layout, stamp(), packed);
  }

  @Override
  public boolean isReadAsStored() {
    return true;
  }

  @Override
  public SlotColumn open(int count, MappedBody body) {
    if (packedBytes(count, layout.digits) != bodyBytes) {
      return open(count, body.copy(bodyBytes)); // says what is wrong
    }
    return new HexColumn(count, layout, stamp(), new PackedDigits.Mapped(body.part(bodyBytes)));
  }

  /**
   * Appends the digits of all values.
   *
   * @return null, and nothing is appended, if a value does not fit
   */
  static @Nullable HexHead encode(ValueSlices values, HexLayout layout, ByteWriter out) {
    long bytes = packedBytes(values.count, layout.digits);
    if (bytes > Integer.MAX_VALUE) {
      return null;
    }
    int from = out.skip((int) bytes);
    byte[] target = out.array();
    int at = from;
    int end = from + (int) bytes;
    long pending = 0; // at the top
    int bits = 0;
    int words = layout.words();
    for (int i = 0; i < values.count; i++) {
      for (int word = 0; word < words; word++) {
        long nibbles = layout.nibbles(values.bytes, values.starts[i], word);
        if (nibbles < 0) {
          out.truncate(from);
          return null;
        }
        int width = layout.digits(word) * 4;
        if (width == 0) {
          continue;
        }
        int free = Long.SIZE - bits;
        if (width < free) {
          pending |= nibbles << (free - width);
          bits += width;
        } else {
          Words.putBig(target, at, end, pending | nibbles >>> (width - free));
          at += Long.BYTES;
          bits = width - free;
          pending = bits == 0 ? 0 : nibbles << (Long.SIZE - bits);
        }
      }
    }
    if (bits > 0) {
      Words.putBig(target, at, end, pending);
    }
    return new HexHead(layout, (int) bytes);
  }
}
