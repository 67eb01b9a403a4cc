package dev.skald.grep;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the JVM compile the vector code before anybody waits for it. Interpreted, it takes a hundred times as long as
 * compiled, since each vector is an object then; the first search after a start would pay for that.
 */
public final class VectorWarmUp {
  private static final int TEXT_BYTES = 16 << 10;

  /** Enough for the optimising compiler with the thresholds of {@code deploy/jvm.flags}. */
  private static final int ROUNDS = 200;

  private static final byte[] NEEDLE = {'z', 'Q', 1};

  private static final byte[] OTHER = {2, 'y'};

  private VectorWarmUp() {}

  private static Needle needle(byte[] bytes) {
    List<ByteClass> places = new ArrayList<>();
    for (byte b : bytes) {
      places.add(ByteClass.of(b & 0xff));
    }
    return new Needle(places);
  }

  /**
   * Searches through a made-up text for what is not there, with every finder; takes some 0.25 seconds.
   *
   * @return bytes that the finders went through in all
   */
  public static long run() {
    byte[] text = new byte[TEXT_BYTES];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (' ' + i % 64);
    }
    LiteralFinder literal = new LiteralFinder(NEEDLE);
    NeedleFinder one = new NeedleFinder(List.of(needle(NEEDLE)));
    NeedleFinder several = new NeedleFinder(List.of(needle(NEEDLE), needle(OTHER)));
    int[] hits = new int[1];
    long bytes = 0;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment mapped = arena.allocate(text.length);
      mapped.copyFrom(MemorySegment.ofArray(text));
      for (int round = 0; round < ROUNDS; round++) {
        bytes += literal.find(text, 0, text.length) < 0 ? text.length : 0;
        bytes += literal.find(mapped, 0, text.length) < 0 ? text.length : 0;
        bytes += one.collect(text, 0, text.length, hits) == 0 ? text.length : 0;
        bytes += several.collect(text, 0, text.length, hits) == 0 ? text.length : 0;
        bytes += Utf8Check.isValid(text, 0, text.length) ? text.length : 0;
      }
    }
    return bytes;
  }
}
