package dev.skald.storage.index;

import java.util.BitSet;
import java.util.function.IntConsumer;

/** Some streams of one segment, by ordinal. Immutable; safe for concurrent use. */
public final class StreamSet {
  private final BitSet bits;

  /** Takes the bits over. */
  StreamSet(BitSet bits) {
    this.bits = bits;
  }

  public static StreamSet empty() {
    return new StreamSet(new BitSet());
  }

  /** Streams 0 to {@code streamCount} - 1. */
  public static StreamSet all(int streamCount) {
    BitSet bits = new BitSet(streamCount);
    bits.set(0, streamCount);
    return new StreamSet(bits);
  }

  public boolean contains(int stream) {
    return bits.get(stream);
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  public int count() {
    return bits.cardinality();
  }

  /** The first stream of the set at or after {@code stream}, or -1. */
  public int nextFrom(int stream) {
    return bits.nextSetBit(stream);
  }

  /** Whether any of {@code first} to {@code last}, both inclusive, is in the set. */
  public boolean intersects(int first, int last) {
    int next = bits.nextSetBit(first);
    return next >= 0 && next <= last;
  }

  /** Ascending. */
  public void forEach(IntConsumer consumer) {
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      consumer.accept(i);
    }
  }

  /** Puts a set together; for one thread, to be built once. */
  public static final class Builder {
    private final BitSet bits = new BitSet();

    /** Adds those of {@code streams} from {@code first} to {@code last}, both inclusive. */
    public void addRange(StreamSet streams, int first, int last) {
      for (int i = streams.nextFrom(first); i >= 0 && i <= last; i = streams.nextFrom(i + 1)) {
        bits.set(i);
      }
    }

    public StreamSet build() {
      return new StreamSet(bits);
    }
  }

  @Override
  public String toString() {
    return bits.toString();
  }
}
