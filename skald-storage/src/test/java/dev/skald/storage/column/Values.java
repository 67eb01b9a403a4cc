package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.SlotColumn;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Values as tests make them, and what a column must say of them, plainly. */
final class Values {
  private Values() {}

  static ValueSlices of(List<byte[]> values) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {'x', '0', '.'}); // values do not begin where the array does
    for (byte[] value : values) {
      all.writeBytes(value);
    }
    ValueSlices slices = new ValueSlices();
    slices.reset(all.toByteArray());
    int at = 3;
    for (byte[] value : values) {
      slices.add(at, at + value.length);
      at += value.length;
    }
    return slices;
  }

  static List<byte[]> bytes(List<String> values) {
    return values.stream().map(value -> value.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  /** A column that was written and read. */
  @SuppressWarnings("ArrayRecordComponent")
  record Stored(byte[] head, byte[] body, int count) {
    ColumnHead readHead() {
      ByteReader in = new ByteReader("head", head);
      ColumnHead read = ColumnHead.read(in, NestedStrings.NONE);
      in.requireEnd("head");
      return read;
    }

    SlotColumn open() {
      return readHead().open(count, body, 0);
    }

    /** Only some of the values. */
    SlotColumn pick(int[] positions, ColumnMarks marks) {
      ByteReader in = new ByteReader("body", body);
      return readHead().pick(count, positions, in, marks);
    }

    /** The same of bytes that are no array. */
    SlotColumn openMapped() {
      MemorySegment mapped = Arena.ofAuto().allocate(Math.max(1, body.length));
      mapped.copyFrom(MemorySegment.ofArray(body));
      return readHead()
          .open(count, new MappedBody("mapped", 0, mapped.asSlice(0, body.length).asReadOnly()));
    }
  }

  static Stored store(List<byte[]> values) {
    try (ZstdContexts zstd = new ZstdContexts()) {
      return store(new ColumnEncoder(zstd), values);
    }
  }

  static Stored store(ColumnEncoder encoder, List<byte[]> values) {
    ByteWriter body = new ByteWriter(16);
    body.putInt(0x5a5a5a5a); // what stood there before
    ColumnHead head = encoder.encode(of(values), body);
    byte[] written = body.toByteArray();
    byte[] own = Arrays.copyOfRange(written, Integer.BYTES, written.length);
    if (own.length != head.bodyBytes()) {
      throw new AssertionError(head + " says " + head.bodyBytes() + " bytes of " + own.length);
    }
    ByteWriter headBytes = new ByteWriter(16);
    head.write(headBytes);
    return new Stored(headBytes.toByteArray(), own, values.size());
  }

  static List<byte[]> read(SlotColumn column) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < column.count(); i++) {
      int length = column.length(i);
      byte[] target = new byte[length + 3];
      Arrays.fill(target, (byte) '#');
      int end = column.copy(i, target, 1);
      if (end != length + 1 || target[0] != '#' || target[end] != '#' || target[end + 1] != '#') {
        throw new AssertionError("value " + i + " is not " + length + " bytes");
      }
      values.add(Arrays.copyOfRange(target, 1, end));
    }
    return values;
  }

  /** The definition of {@link SlotColumn#find}. */
  static BitSet find(List<byte[]> values, Needle needle) {
    BitSet found = new BitSet();
    for (int i = 0; i < values.size(); i++) {
      if (holds(values.get(i), needle)) {
        found.set(i);
      }
    }
    return found;
  }

  private static boolean holds(byte[] value, Needle needle) {
    String text = text(value, needle.letterCase());
    String wanted = text(needle.bytes(), LetterCase.EXACT);
    return switch (needle.how()) {
      case ANYWHERE -> text.contains(wanted);
      case AT_START -> text.startsWith(wanted);
      case AT_END -> text.endsWith(wanted);
      case WHOLE -> text.equals(wanted);
    };
  }

  private static String text(byte[] bytes, LetterCase letterCase) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean upper = b >= 'A' && b <= 'Z';
      text.append((char) ((upper && letterCase == LetterCase.FOLDED ? b + 32 : b) & 0xff));
    }
    return text.toString();
  }
}
