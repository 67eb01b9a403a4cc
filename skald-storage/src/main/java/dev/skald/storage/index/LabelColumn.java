package dev.skald.storage.index;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.MatcherTest;
import dev.skald.model.StreamSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One label name: its values, and which of them each stream has. Kept as it is stored, bit-packed,
 * for every stream or only for those that have the label, whichever is smaller. Immutable; safe for
 * concurrent use.
 */
final class LabelColumn implements StreamSpace.Values {
  private final String name;
  private final ValueDictionary values;
  private final byte[] bytes;
  private final int streamCount;

  /** Streams listed: all of them if dense. */
  private final int listed;

  /** -1 if dense. */
  private final int streamsStart;

  private final int streamWidth;
  private final int ordinalsStart;
  private final int ordinalWidth;

  private LabelColumn(
      String name, ValueDictionary values, ByteReader in, int streamCount, int kind) {
    this.name = name;
    this.values = values;
    this.bytes = in.array();
    this.streamCount = streamCount;
    if (kind == StreamTableLayout.DENSE) {
      listed = streamCount;
      streamsStart = -1;
      streamWidth = 0;
      ordinalWidth = BitPacking.width(values.count());
    } else {
      listed = in.readCount("streams with label", streamCount);
      streamWidth = BitPacking.width(streamCount - 1L);
      streamsStart = skipPacked(in, listed, streamWidth);
      ordinalWidth = BitPacking.width(values.count() - 1L);
    }
    ordinalsStart = skipPacked(in, listed, ordinalWidth);
  }

  private static int skipPacked(ByteReader in, int count, int width) {
    long packedBytes = BitPacking.packedBytes(count, width);
    if (packedBytes > in.remaining()) {
      throw in.corrupt("label column", packedBytes + " bytes", in.remaining() + " left");
    }
    return in.skip((int) packedBytes);
  }

  /**
   * @param streams that have the label, ascending
   * @param ordinals their values' places in {@code sortedValues}
   */
  static void write(
      String name,
      List<String> sortedValues,
      long[] streams,
      long[] ordinals,
      int streamCount,
      ByteWriter out) {
    out.putText(name);
    ValueDictionary.write(sortedValues, out);
    int listed = streams.length;
    int denseWidth = BitPacking.width(sortedValues.size());
    int streamWidth = BitPacking.width(streamCount - 1L);
    int ordinalWidth = BitPacking.width(sortedValues.size() - 1L);
    long denseBytes = BitPacking.packedBytes(streamCount, denseWidth);
    long sparseBytes =
        BitPacking.packedBytes(listed, streamWidth) + BitPacking.packedBytes(listed, ordinalWidth);
    if (denseBytes <= sparseBytes) {
      long[] dense = new long[streamCount];
      for (int i = 0; i < listed; i++) {
        dense[(int) streams[i]] = ordinals[i] + 1;
      }
      out.putByte(StreamTableLayout.DENSE);
      BitPacking.pack(dense, 0, streamCount, denseWidth, out);
    } else {
      out.putByte(StreamTableLayout.SPARSE);
      out.putVarint(listed);
      BitPacking.pack(streams, 0, listed, streamWidth, out);
      BitPacking.pack(ordinals, 0, listed, ordinalWidth, out);
    }
  }

  /**
   * Keeps the reader's array, which has {@link BitPacking#SLACK_BYTES} after its last byte read.
   */
  static LabelColumn read(ByteReader in, int streamCount) {
    String name = in.readText("label name");
    ValueDictionary values = ValueDictionary.read(in);
    int kind = in.readByte();
    if (kind != StreamTableLayout.DENSE && kind != StreamTableLayout.SPARSE) {
      throw in.corrupt("kind of label column", "0 or 1", kind);
    }
    LabelColumn column = new LabelColumn(name, values, in, streamCount, kind);
    column.check(in);
    return column;
  }

  /** So that no later access can fail: every stream and ordinal is one that exists. */
  private void check(ByteReader in) {
    int previous = -1;
    for (int i = 0; i < listed; i++) {
      int stream = streamAt(i);
      if (stream <= previous || stream >= streamCount) {
        throw in.corrupt(
            "stream with label " + name, (previous + 1) + " to " + (streamCount - 1), stream);
      }
      previous = stream;
      if (ordinalAt(i) >= values.count()) {
        throw in.corrupt("value of label " + name, "below " + values.count(), ordinalAt(i));
      }
    }
  }

  String name() {
    return name;
  }

  ValueDictionary values() {
    return values;
  }

  @Override
  public int count() {
    return values.count();
  }

  @Override
  public int of(int stream) {
    return ordinal(stream);
  }

  private int streamAt(int index) {
    return streamsStart < 0 ? index : (int) BitPacking.get(bytes, streamsStart, streamWidth, index);
  }

  /** The value's ordinal, or -1 if the stream (dense) lacks the label. */
  private int ordinalAt(int index) {
    int packed = (int) BitPacking.get(bytes, ordinalsStart, ordinalWidth, index);
    return streamsStart < 0 ? packed - 1 : packed;
  }

  /** Ordinal of the stream's value, or -1 if it lacks the label. */
  int ordinal(int stream) {
    if (streamsStart < 0) {
      return ordinalAt(stream);
    }
    int low = 0;
    int high = listed - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = streamAt(middle);
      if (found == stream) {
        return ordinalAt(middle);
      }
      if (found < stream) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Streams that have the label, ascending. */
  void forEachStream(IntConsumer consumer) {
    for (int i = 0; i < listed; i++) {
      if (ordinalAt(i) >= 0) {
        consumer.accept(streamAt(i));
      }
    }
  }

  /** Streams whose value passes; a stream without the label has the empty value. */
  BitSet select(MatcherTest test) {
    BitSet accepted = accepted(test);
    BitSet selected = new BitSet(streamCount);
    boolean absentPasses = test.test("");
    if (absentPasses && streamsStart >= 0) {
      selected.set(0, streamCount);
    }
    for (int i = 0; i < listed; i++) {
      int ordinal = ordinalAt(i);
      selected.set(streamAt(i), ordinal < 0 ? absentPasses : accepted.get(ordinal));
    }
    return selected;
  }

  /** Ordinals of the values that pass. */
  private BitSet accepted(MatcherTest test) {
    BitSet accepted = new BitSet(values.count());
    switch (test.matcher().op()) {
      case EQUAL -> {
        int found = values.find(test.matcher().value());
        if (found >= 0) {
          accepted.set(found);
        }
      }
      case NOT_EQUAL -> {
        accepted.set(0, values.count());
        int found = values.find(test.matcher().value());
        if (found >= 0) {
          accepted.clear(found);
        }
      }
      case REGEX, NOT_REGEX ->
          values.forEach((ordinal, value) -> accepted.set(ordinal, test.test(value)));
    }
    return accepted;
  }

  /** As {@link StreamTable#check}, for one label. */
  void check(Consumer<String> problems) {
    BitSet used = new BitSet(values.count());
    for (int i = 0; i < listed; i++) {
      if (ordinalAt(i) >= 0) {
        used.set(ordinalAt(i));
      }
    }
    String[] previous = new String[1];
    values.forEach(
        (ordinal, value) -> {
          if (ordinal > 0 && previous[0].compareTo(value) >= 0) {
            problems.accept(
                "label %s: value %s stands before %s".formatted(name, previous[0], value));
          }
          if (!used.get(ordinal)) {
            problems.accept("label %s: no stream has value %s".formatted(name, value));
          }
          previous[0] = value;
        });
  }

  /** Whether any of the streams has the label. */
  boolean anyOf(StreamSet streams) {
    for (int i = 0; i < listed; i++) {
      if (ordinalAt(i) >= 0 && streams.contains(streamAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The values that these streams have, the empty one left out; ascending. */
  List<String> values(StreamSet streams) {
    BitSet seen = new BitSet(values.count());
    for (int i = 0; i < listed; i++) {
      int ordinal = ordinalAt(i);
      if (ordinal >= 0 && streams.contains(streamAt(i))) {
        seen.set(ordinal);
      }
    }
    List<String> found = new ArrayList<>(seen.cardinality());
    values.forEach(
        (ordinal, value) -> {
          if (seen.get(ordinal) && !value.isEmpty()) {
            found.add(value);
          }
        });
    return found;
  }
}
