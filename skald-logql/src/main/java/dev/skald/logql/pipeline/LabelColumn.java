package dev.skald.logql.pipeline;

import dev.skald.model.ShapedLines;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A slot column of one page as values of labels: what a parser makes of the bytes that stand in a line. Read when a
 * value is first asked for. Where the column is kept as a dictionary, so is this, and what is worked out for a distinct
 * value can be kept with it. One thread.
 */
final class LabelColumn {
  /** What a parser makes of a slot's bytes. */
  enum Reading {
    AS_IS,
    /** What stands between the quotes of a JSON string; see {@link JsonLabels#decodeString}. */
    JSON_STRING,
    /** With a blank for each broken character. */
    BLANKED,
    /** {@code null} is empty. */
    NULL_AS_EMPTY;

    /** This, or {@link #AS_IS} where that comes to the same for all values of a column. */
    Reading simplified(Stamp stamp) {
      boolean isPlain =
          switch (this) {
            case AS_IS -> true;
            case JSON_STRING ->
                !stamp.beyondAscii() && !stamp.mayHold((byte) '\\') && !stamp.mayHold((byte) '"');
            case BLANKED -> !stamp.beyondAscii();
            case NULL_AS_EMPTY -> !stamp.mayHold((byte) 'n');
          };
      return isPlain ? AS_IS : this;
    }
  }

  /** Verdicts of one test on distinct values that were not asked for yet; others are of the test's own making. */
  static final byte UNKNOWN = 0;

  private final ShapedLines lines;
  private final int column;
  private final Reading reading;
  private final int number;
  private @Nullable SlotColumn values;
  private int distinctCount;
  private int[] ordinals = {};
  private byte[] @Nullable [] distinct = new byte[0][];
  private boolean numbersRead;
  private double @Nullable [] numbers;

  /** By test. */
  private byte[] @Nullable [] verdicts = new byte[4][];

  /**
   * @param number of the column among those of its page
   */
  LabelColumn(ShapedLines lines, int column, Reading reading, int number) {
    this.lines = lines;
    this.column = column;
    this.reading = reading;
    this.number = number;
  }

  /** Tells it from others of the page: small, from 0. */
  int number() {
    return number;
  }

  private SlotColumn values() {
    SlotColumn read = values;
    if (read == null) {
      read = lines.column(column);
      values = read;
      distinctCount = read.distinctCount();
      if (distinctCount > 0) {
        ordinals = read.ordinals();
        distinct = new byte[distinctCount][];
      }
    }
    return read;
  }

  /** 0 if it is no dictionary. */
  int distinctCount() {
    values();
    return distinctCount;
  }

  /** Legal with a dictionary, once {@link #distinctCount} was asked for. */
  int ordinal(int position) {
    return ordinals[position];
  }

  /** Per position the ordinal of its value; legal as {@link #ordinal}. Borrowed. */
  int[] ordinals() {
    return ordinals;
  }

  /** Bytes as they stand in the line. */
  int rawLength(int position) {
    return values().length(position);
  }

  /**
   * Finds a value. Its bytes are the column's, or stand in {@code scratch}'s scratch.
   */
  void read(int position, ParsedLabels scratch, ByteSlice out) {
    SlotColumn from = values();
    if (distinctCount > 0) {
      byte[] value = distinct(ordinals[position], scratch);
      out.set(value, 0, value.length);
      return;
    }
    int length = from.length(position);
    scratch.reserve(length);
    byte[] bytes = scratch.scratch();
    int start = scratch.scratchLength();
    int end = from.copy(position, bytes, start);
    scratch.commit(end);
    convert(bytes, start, end, scratch, out);
  }

  /** A distinct value. Borrowed. */
  byte[] distinct(int ordinal, ParsedLabels scratch) {
    byte[] known = distinct[ordinal];
    if (known == null) {
      known = values().distinct(ordinal);
      ByteSlice converted = new ByteSlice();
      convert(known, 0, known.length, scratch, converted);
      if (converted.bytes != known || converted.length() != known.length) {
        known = Arrays.copyOfRange(converted.bytes, converted.start, converted.end);
      }
      distinct[ordinal] = known;
    }
    return known;
  }

  private void convert(byte[] bytes, int start, int end, ParsedLabels scratch, ByteSlice out) {
    switch (reading) {
      case AS_IS -> out.set(bytes, start, end);
      case JSON_STRING -> {
        ByteSlice decoded = JsonLabels.decodeString(scratch, bytes, start, end);
        out.set(decoded.bytes, decoded.start, decoded.end);
      }
      case BLANKED -> blank(bytes, start, end, scratch, out);
      case NULL_AS_EMPTY -> out.set(bytes, start, isNull(bytes, start, end) ? start : end);
    }
  }

  private static void blank(byte[] bytes, int start, int end, ParsedLabels scratch, ByteSlice out) {
    if (!Utf8Text.hasReplacement(bytes, start, end)) {
      out.set(bytes, start, end);
      return;
    }
    scratch.reserve(end - start);
    int from = scratch.scratchLength();
    int to = Utf8Text.blankReplacements(bytes, start, end, scratch.scratch(), from);
    scratch.commit(to);
    out.set(scratch.scratch(), from, to);
  }

  static boolean isNull(byte[] bytes, int start, int end) {
    return JsonText.is(bytes, start, end, "null");
  }

  /** Per position the number that the value denotes, if all are plain decimal numbers; else null. */
  double @Nullable [] numbers() {
    if (!numbersRead) {
      numbers = values().numbers();
      numbersRead = true;
    }
    return numbers;
  }

  /**
   * What a test has said of distinct values, by ordinal; {@link #UNKNOWN} at first. For the test to fill. Legal with a
   * dictionary.
   *
   * @param test one of {@link RowBatch#newTest}
   */
  byte[] verdicts(int test) {
    if (test >= verdicts.length) {
      verdicts = Arrays.copyOf(verdicts, test * 2);
    }
    byte[] known = verdicts[test];
    if (known == null) {
      known = new byte[distinctCount()];
      verdicts[test] = known;
    }
    return known;
  }
}
