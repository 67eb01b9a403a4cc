package dev.skald.storage.column;

import org.jspecify.annotations.Nullable;

/**
 * A look at a column: lengths of all values, and from a sample what they may be. What a sample says may be wrong for the
 * rest. Keeps its memory; for one thread.
 */
final class ColumnSurvey {
  /** What the values of the sample have in common. */
  enum Kind {
    INT,
    DECIMAL,
    DATE,
    /** Digits at the same places. */
    DIGITS,
    HEX,
    STRINGS
  }

  /** Values of the sample, a quarter of all within these bounds. */
  private static final int SAMPLE_MAX = 256;

  private static final int SAMPLE_MIN = 64;

  /** The sample is in so many stretches: repetitions are often near each other. */
  private static final int STRETCHES = 4;

  private final int[] sample = new int[SAMPLE_MAX];
  private int sampleCount;
  private int sampleDistinct;
  private int lengthMin;
  private int lengthMax;
  private long totalBytes;

  Kind kind = Kind.STRINGS;

  /** Of {@link Kind#DECIMAL}: digits after the point. */
  int scale;

  /** Of {@link Kind#DATE}: whether none of the sample is before the one before. */
  boolean datesRise;

  /** Bytes that all values of the sample begin and end with, if what is between is of a kind and the whole is not. */
  int prefix;

  int suffix;

  int lengthMin() {
    return lengthMin;
  }

  int lengthMax() {
    return lengthMax;
  }

  /** Bytes of all values. */
  long totalBytes() {
    return totalBytes;
  }

  int sampleCount() {
    return sampleCount;
  }

  int sampleDistinct() {
    return sampleDistinct;
  }

  /** Takes back what was found of other values; these are strings that begin and end so. */
  void setStrings(int prefixBytes, int suffixBytes) {
    kind = Kind.STRINGS;
    prefix = prefixBytes;
    suffix = suffixBytes;
  }

  /** Lengths and the sample, of at least one value. */
  void look(ValueSlices values, DistinctValues distinct) {
    measure(values);
    draw(values.count);
    distinct.clear(SAMPLE_MAX);
    for (int i = 0; i < sampleCount; i++) {
      distinct.add(values, sample[i]);
    }
    sampleDistinct = distinct.count();
    prefix = 0;
    suffix = 0;
    kind = kind(values, 0, 0);
    if (kind == Kind.STRINGS) {
      findAffixes(values);
    }
  }

  private void measure(ValueSlices values) {
    int min = Integer.MAX_VALUE;
    int max = 0;
    long total = 0;
    for (int i = 0; i < values.count; i++) {
      int length = values.ends[i] - values.starts[i];
      min = Math.min(min, length);
      max = Math.max(max, length);
      total += length;
    }
    lengthMin = min;
    lengthMax = max;
    totalBytes = total;
  }

  private void draw(int count) {
    if (count <= SAMPLE_MIN) {
      sampleCount = count;
      for (int i = 0; i < count; i++) {
        sample[i] = i;
      }
      return;
    }
    int stretch = Math.clamp(count / 4, SAMPLE_MIN, SAMPLE_MAX) / STRETCHES;
    sampleCount = stretch * STRETCHES;
    for (int i = 0; i < sampleCount; i++) {
      int start = (int) ((long) (count - stretch) * (i / stretch) / (STRETCHES - 1));
      sample[i] = start + i % stretch;
    }
  }

  private Kind kind(ValueSlices values, int before, int after) {
    if (lengthMin - before - after < 1) {
      return Kind.STRINGS;
    }
    if (areIntegers(values, before, after)) {
      return Kind.INT;
    }
    if (areDecimals(values, before, after)) {
      return Kind.DECIMAL;
    }
    if (before + after > 0 || lengthMin != lengthMax) {
      return Kind.STRINGS;
    }
    if (lengthMax <= DateLayout.VALUE_BYTES_MAX && areDates(values)) {
      return Kind.DATE;
    }
    if (lengthMax <= DigitsHead.TEMPLATE_BYTES_MAX && areDigits(values)) {
      return Kind.DIGITS;
    }
    return lengthMax <= HexHead.VALUE_BYTES_MAX && areHex(values) ? Kind.HEX : Kind.STRINGS;
  }

  private boolean areIntegers(ValueSlices values, int before, int after) {
    for (int i = 0; i < sampleCount; i++) {
      int index = sample[i];
      long value =
          DecimalText.parse(
              values.bytes, values.starts[index] + before, values.ends[index] - after);
      if (value == DecimalText.NOT_PLAIN) {
        return false;
      }
    }
    return true;
  }

  private boolean areDecimals(ValueSlices values, int before, int after) {
    int end = values.ends[sample[0]] - after;
    int point = end;
    while (point > values.starts[sample[0]] + before && values.bytes[point - 1] != '.') {
      point--;
    }
    scale = end - point;
    if (scale < 1 || scale > DecimalText.DIGITS_MAX) {
      return false;
    }
    for (int i = 0; i < sampleCount; i++) {
      int index = sample[i];
      long value =
          DecimalColumn.parse(
              values.bytes, values.starts[index] + before, values.ends[index] - after, scale);
      if (value == DecimalText.NOT_PLAIN) {
        return false;
      }
    }
    return true;
  }

  private boolean areDigits(ValueSlices values) {
    DigitTemplate template = DigitsHead.templateOf(values.value(sample[0]));
    return template != null && fit(template, values);
  }

  private boolean areDates(ValueSlices values) {
    DateLayout layout = DateLayout.of(values.value(sample[0]));
    if (layout == null) {
      return false;
    }
    datesRise = true;
    long before = Long.MIN_VALUE;
    for (int i = 0; i < sampleCount; i++) {
      long date = layout.parse(values.bytes, values.starts[sample[i]]);
      if (date == DateLayout.NO_DATE) {
        return false;
      }
      datesRise &= date >= before;
      before = date;
    }
    return true;
  }

  private boolean fit(DigitTemplate template, ValueSlices values) {
    for (int i = 0; i < sampleCount; i++) {
      if (!template.fits(values.bytes, values.starts[sample[i]])) {
        return false;
      }
    }
    return true;
  }

  private boolean areHex(ValueSlices values) {
    int first = values.starts[sample[0]];
    boolean[] differs = new boolean[lengthMax];
    for (int i = 1; i < sampleCount; i++) {
      int start = values.starts[sample[i]];
      for (int at = 0; at < lengthMax; at++) {
        differs[at] |= values.bytes[start + at] != values.bytes[first + at];
      }
    }
    boolean lower = false;
    boolean upper = false;
    for (int i = 0; i < sampleCount; i++) {
      int start = values.starts[sample[i]];
      for (int at = 0; at < lengthMax; at++) {
        byte b = values.bytes[start + at];
        if (differs[at] && !DigitsHead.isDigit(b)) {
          lower |= b >= 'a' && b <= 'f';
          upper |= b >= 'A' && b <= 'F';
          if ((b | 0x20) < 'a' || (b | 0x20) > 'f' || (lower && upper)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** The layout that fits if any does: digits are all places where values differ. Of a column of one length. */
  @Nullable HexLayout hexLayout(ValueSlices values) {
    int words = (lengthMax + Long.BYTES - 1) / Long.BYTES;
    long[] first = new long[words];
    long[] differences = new long[words];
    for (int word = 0; word < words; word++) {
      first[word] = Words.littlePadded(values.bytes, values.starts[0] + word * Long.BYTES);
    }
    for (int i = 1; i < values.count; i++) {
      int start = values.starts[i];
      for (int word = 0; word < words; word++) {
        differences[word] |=
            first[word] ^ Words.littlePadded(values.bytes, start + word * Long.BYTES);
      }
    }
    boolean[] isDigit = new boolean[lengthMax];
    boolean any = false;
    for (int at = 0; at < lengthMax; at++) {
      isDigit[at] = (differences[at / Long.BYTES] >>> (at % Long.BYTES * Byte.SIZE) & 0xff) != 0;
      any |= isDigit[at];
    }
    return any ? new HexLayout(values.value(0), isDigit, hexCase(values, isDigit)) : null;
  }

  private int hexCase(ValueSlices values, boolean[] isDigit) {
    for (int i = 0; i < sampleCount; i++) {
      int start = values.starts[sample[i]];
      for (int at = 0; at < lengthMax; at++) {
        byte b = values.bytes[start + at];
        if (isDigit[at] && !DigitsHead.isDigit(b)) {
          return ValueFinder.isLower(b) ? HexLayout.LOWER : HexLayout.UPPER;
        }
      }
    }
    return HexLayout.LOWER;
  }

  /** The longest ones of the sample, less digits that may belong to what is between. */
  private void findAffixes(ValueSlices values) {
    byte[] bytes = values.bytes;
    int first = sample[0];
    int start = values.starts[first];
    int end = values.ends[first];
    int before = Math.min(lengthMin, AffixHead.AFFIX_BYTES_MAX);
    int after = before;
    for (int i = 1; i < sampleCount; i++) {
      int otherStart = values.starts[sample[i]];
      int otherEnd = values.ends[sample[i]];
      int same = 0;
      while (same < before && bytes[start + same] == bytes[otherStart + same]) {
        same++;
      }
      before = same;
      same = 0;
      while (same < after && bytes[end - 1 - same] == bytes[otherEnd - 1 - same]) {
        same++;
      }
      after = same;
    }
    after = Math.min(after, lengthMin - before);
    int prefixOfNumber = before;
    while (prefixOfNumber > 0 && DigitsHead.isDigit(bytes[start + prefixOfNumber - 1])) {
      prefixOfNumber--;
    }
    int suffixOfNumber = after;
    while (suffixOfNumber > 0 && isOfNumber(bytes[end - suffixOfNumber])) {
      suffixOfNumber--;
    }
    kind = kind(values, prefixOfNumber, suffixOfNumber);
    prefix = kind == Kind.STRINGS ? before : prefixOfNumber;
    suffix = kind == Kind.STRINGS ? after : suffixOfNumber;
  }

  private static boolean isOfNumber(byte b) {
    return DigitsHead.isDigit(b) || b == '.';
  }
}
