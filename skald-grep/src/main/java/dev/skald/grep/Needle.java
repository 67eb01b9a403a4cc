package dev.skald.grep;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Something of a fixed length to look for: a class of bytes for each place. A literal is one whose
 * classes have one byte each; {@code status=[45]\d\d} is one too. Immutable.
 */
final class Needle {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteClass[] places;

  /** Masks and values of eight places each; places behind the last mask nothing. */
  private final long[] masks;

  private final long[] values;

  /** Places whose class is smaller than what its mask lets through. */
  private final int[] inexact;

  /** At least one place. */
  Needle(List<ByteClass> places) {
    this.places = places.toArray(ByteClass[]::new);
    masks = new long[(places.size() + 7) / 8];
    values = new long[masks.length];
    for (int i = 0; i < this.places.length; i++) {
      masks[i / 8] |= (this.places[i].mask() & 0xffL) << (8 * (i % 8));
      values[i / 8] |= (this.places[i].value() & 0xffL) << (8 * (i % 8));
    }
    inexact =
        IntStream.range(0, this.places.length)
            .filter(i -> !this.places[i].isMaskedExactly())
            .toArray();
  }

  int length() {
    return places.length;
  }

  ByteClass place(int index) {
    return places[index];
  }

  /** Whether it stands at {@code at}; as many bytes are there. */
  boolean isAt(byte[] text, int at) {
    if (at + 8 * masks.length > text.length) {
      return isAtPlainly(text, at);
    }
    for (int i = 0; i < masks.length; i++) {
      if (((long) LONGS.get(text, at + 8 * i) & masks[i]) != values[i]) {
        return false;
      }
    }
    for (int i : inexact) {
      if (!places[i].has(text[at + i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private boolean isAtPlainly(byte[] text, int at) {
    for (int i = 0; i < places.length; i++) {
      if (!places[i].has(text[at + i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
