package dev.skald.model;

import java.util.Arrays;
import java.util.List;

/**
 * The constant text of lines with holes: a line of this shape is {@code text(0)}, the value of slot 0, {@code text(1)},
 * and so on to {@code text(slotCount())}. Equal shapes of different pages are equal here, so what is worked out for a
 * shape may be kept for a whole query. Immutable; the bytes are shared and not to be changed.
 */
public final class Shape {
  /** What a slot's values are known to be, from how the line was split. */
  public enum SlotKind {
    /**
     * What stands between the quotes of a JSON string that is a member's value: raw, escapes as they were written; no
     * unescaped quote.
     */
    JSON_STRING(0),
    /** A member's value that is a JSON number, true, false or null, complete. */
    JSON_BARE(1),
    /** A member's value that is an array, or an object too deep to be split: complete, brackets included. */
    JSON_NESTED(2),
    /** Any bytes. */
    TEXT(3);

    private final int code;

    SlotKind(int code) {
      this.code = code;
    }

    /** As stored. */
    public int code() {
      return code;
    }
  }

  private final byte[][] texts;
  private final SlotKind[] slots;
  private final int textBytes;
  private final int hash;

  /**
   * @param texts taken over; one more than there are slots
   */
  public Shape(byte[][] texts, List<SlotKind> slots) {
    if (texts.length != slots.size() + 1) {
      throw new IllegalArgumentException("texts=" + texts.length + " slots=" + slots.size());
    }
    this.texts = texts;
    this.slots = slots.toArray(SlotKind[]::new);
    int bytes = 0;
    for (byte[] text : texts) {
      bytes += text.length;
    }
    this.textBytes = bytes;
    this.hash = Arrays.deepHashCode(texts) * 31 + slots.hashCode();
  }

  public int slotCount() {
    return slots.length;
  }

  public SlotKind kind(int slot) {
    return slots[slot];
  }

  /** The text before slot {@code index}; behind the last slot, with {@code index} = {@link #slotCount}. Borrowed. */
  public byte[] text(int index) {
    return texts[index];
  }

  /** Bytes of all texts: a line has those of its values more. */
  public int textBytes() {
    return textBytes;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Shape shape
            && shape.hash == hash
            && Arrays.equals(shape.slots, slots)
            && Arrays.deepEquals(shape.texts, texts));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
