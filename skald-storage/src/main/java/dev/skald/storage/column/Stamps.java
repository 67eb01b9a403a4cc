package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.Stamp;

/** Collects what may occur in values. */
public final class Stamps {
  private long asciiLow;
  private long asciiHigh;
  private boolean beyondAscii;

  Stamps add(byte value) {
    if (value < 0) {
      beyondAscii = true;
    } else if (value < Long.SIZE) {
      asciiLow |= 1L << value;
    } else {
      asciiHigh |= 1L << value;
    }
    return this;
  }

  Stamps add(byte[] values) {
    for (byte value : values) {
      add(value);
    }
    return this;
  }

  Stamps addRange(char first, char last) {
    for (char c = first; c <= last; c++) {
      add((byte) c);
    }
    return this;
  }

  Stamps add(Stamp other) {
    asciiLow |= other.asciiLow();
    asciiHigh |= other.asciiHigh();
    beyondAscii |= other.beyondAscii();
    return this;
  }

  /** Adds bytes that were seen, each at its unsigned place. */
  public Stamps addSeen(boolean[] seen) {
    for (int b = 0; b < seen.length; b++) {
      if (seen[b]) {
        add((byte) b);
      }
    }
    return this;
  }

  public Stamp of(int lengthMin, int lengthMax) {
    return new Stamp(asciiLow, asciiHigh, beyondAscii, lengthMin, lengthMax);
  }

  static void write(Stamp stamp, ByteWriter out) {
    out.putByte(stamp.beyondAscii() ? 1 : 0);
    out.putLong(stamp.asciiLow());
    out.putLong(stamp.asciiHigh());
    out.putVarint(stamp.lengthMin());
    out.putVarint(stamp.lengthMax() - stamp.lengthMin());
  }

  static Stamp read(ByteReader in) {
    int beyond = in.readByte();
    if (beyond > 1) {
      throw in.corrupt("bytes beyond ascii", "0 or 1", beyond);
    }
    long low = in.readLong();
    long high = in.readLong();
    int min = in.readCount("shortest value", Integer.MAX_VALUE);
    int more = in.readCount("longest value", Integer.MAX_VALUE - min);
    return new Stamp(low, high, beyond == 1, min, min + more);
  }
}
