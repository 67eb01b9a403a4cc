package dev.skald.storage.column;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Stamp;
import dev.skald.storage.column.ColumnSurvey.Kind;
import dev.skald.storage.column.NumberEncoder.Use;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes columns, each in the encoding that is likely to be the smallest. Keeps its memory between columns; for one
 * thread.
 *
 * <p>A sample says what the values may be. What it says is tried on all of them, and dropped where it does not hold; at
 * the end of the line there are always strings. A dictionary is tried where the sample repeats itself, and given up as
 * soon as it grows as fast as the column.
 */
public final class ColumnEncoder {
  /** Up to so many distinct values nothing is smaller than a dictionary. */
  private static final int SMALL_DICTIONARY = 16;

  /** Values after which a dictionary is looked at for the first time; then after four times as many each. */
  private static final int FIRST_LOOK = 1024;

  /** Share of a string that zstd leaves, roughly; only to be weighed against other encodings. */
  private static final double STRING_FACTOR = 0.5;

  private final NestedStrings nested;
  private final NumberEncoder numberEncoder;
  private final ColumnSurvey survey = new ColumnSurvey();
  private final DistinctValues distinct = new DistinctValues();
  private final ValueSlices table = new ValueSlices();
  private final ValueSlices middles = new ValueSlices();
  private final OddValues oddValues = new OddValues();
  private final ByteWriter scratch = new ByteWriter(1 << 12);
  private long[] numbers = new long[256];
  private long estimate;

  /** An encoder that leaves strings as they are. */
  public ColumnEncoder(ZstdContexts zstd) {
    this(zstd, NestedStrings.NONE);
  }

  /**
   * @param nested asked for strings before they are kept as they are
   */
  public ColumnEncoder(ZstdContexts zstd, NestedStrings nested) {
    this.nested = nested;
    this.numberEncoder = new NumberEncoder(zstd);
  }

  /** Appends the column's body; the values are borrowed until it returns. */
  public ColumnHead encode(ValueSlices values, ByteWriter body) {
    if (values.count == 0) {
      return new ConstHead(new byte[0]);
    }
    if (areEqual(values)) {
      return new ConstHead(values.value(0));
    }
    survey.look(values, distinct);
    if (!mayRepeat() || !findDistinct(values)) {
      return encodeUndivided(values, body);
    }
    boolean contest = survey.kind != Kind.STRINGS && distinct.count() > SMALL_DICTIONARY;
    int start = body.size();
    ColumnHead dictionary = encodeDictionary(values, body);
    if (!contest) {
      return dictionary;
    }
    long dictionaryBytes = estimate;
    scratch.clear();
    survey.look(values, distinct);
    ColumnHead undivided = encodeUndivided(values, scratch);
    if (estimate >= dictionaryBytes) {
      return dictionary;
    }
    body.truncate(start);
    body.putBytes(scratch.array(), 0, scratch.size());
    return undivided;
  }

  private static boolean areEqual(ValueSlices values) {
    for (int i = 1; i < values.count; i++) {
      if (!values.equal(i, 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the sample repeats itself so that a dictionary has a chance. */
  private boolean mayRepeat() {
    int repeated = survey.sampleCount() - survey.sampleDistinct();
    return switch (survey.kind) {
      case INT, DECIMAL, DIGITS -> repeated * 2 >= survey.sampleCount();
      case DATE -> repeated * 2 >= survey.sampleCount() && !survey.datesRise;
      case HEX -> repeated * 64 >= survey.sampleCount();
      case STRINGS -> repeated * 128 >= survey.sampleCount();
    };
  }

  /** Gives each value its ordinal, in {@link #numbers}; false if there are too many. */
  private boolean findDistinct(ValueSlices values) {
    boolean isShort = survey.kind != Kind.STRINGS && survey.kind != Kind.HEX;
    reserveNumbers(values.count);
    distinct.clear(survey.sampleDistinct());
    int look = FIRST_LOOK;
    for (int i = 0; i < values.count; i++) {
      numbers[i] = distinct.add(values, i);
      if (i == look) {
        double shareMax = isShort ? 0.5 : look == FIRST_LOOK ? 0.96 : 0.85;
        if (distinct.count() > shareMax * look) {
          return false;
        }
        look *= 4;
      }
    }
    return distinct.count() <= values.count * (isShort ? 0.25 : 0.6) + 1;
  }

  private void reserveNumbers(int count) {
    if (numbers.length < count) {
      numbers = new long[Math.max(count, numbers.length * 2)];
    }
  }

  private ColumnHead encodeDictionary(ValueSlices values, ByteWriter body) {
    int count = distinct.count();
    table.reset(values.bytes);
    for (int ordinal = 0; ordinal < count; ordinal++) {
      int first = distinct.first(ordinal);
      table.add(values.starts[first], values.ends[first]);
    }
    NumberHead ordinals = numberEncoder.encode(numbers, values.count, Use.ORDINALS, body);
    long ordinalBytes = numberEncoder.estimatedBytes();
    survey.look(table, distinct);
    ColumnHead tableHead = encodeUndivided(table, body);
    estimate += ordinalBytes;
    return new DictHead(count, ordinals, tableHead);
  }

  /** Without a dictionary, as the survey says, or else as strings. */
  private ColumnHead encodeUndivided(ValueSlices values, ByteWriter body) {
    ColumnHead head = encodeKind(values, body);
    if (head == null) {
      head = encodeParted(values, body);
    }
    return head != null ? head : encodeStrings(values, body);
  }

  private @Nullable ColumnHead encodeKind(ValueSlices values, ByteWriter body) {
    return switch (survey.kind) {
      case INT, DECIMAL -> encodeNumbers(values, body);
      case DATE -> encodeDates(values, body);
      case DIGITS -> encodeDigits(values, body);
      case HEX -> encodeHex(values, body);
      case STRINGS -> null;
    };
  }

  private @Nullable ColumnHead encodeParted(ValueSlices values, ByteWriter body) {
    if (!oddValues.part(values)) {
      return null;
    }
    int prefix = survey.prefix;
    int suffix = survey.suffix;
    survey.look(oddValues.regular, distinct);
    ColumnHead regular = encodeKind(oddValues.regular, body);
    if (regular == null) {
      survey.setStrings(prefix, suffix);
      return null;
    }
    long regularBytes = estimate;
    ValueSlices odd = oddValues.odd;
    reserveNumbers(odd.count);
    for (int i = 0; i < odd.count; i++) {
      numbers[i] = oddValues.position(i);
    }
    NumberHead positions = numberEncoder.encode(numbers, odd.count, Use.NUMBERS, body);
    long positionBytes = numberEncoder.estimatedBytes();
    ColumnHead oddHead =
        areEqual(odd) ? new ConstHead(odd.value(0)) : encodePlainStrings(odd, body);
    estimate = regularBytes + positionBytes + oddHead.bodyBytes();
    return new PatchedHead(odd.count, regular, positions, oddHead);
  }

  private @Nullable ColumnHead encodeNumbers(ValueSlices values, ByteWriter body) {
    int prefix = survey.prefix;
    int suffix = survey.suffix;
    if (!haveAffixes(values, prefix, suffix)) {
      return null;
    }
    int scale = survey.kind == Kind.INT ? 0 : survey.scale;
    reserveNumbers(values.count);
    for (int i = 0; i < values.count; i++) {
      int from = values.starts[i] + prefix;
      int to = values.ends[i] - suffix;
      long value =
          scale == 0
              ? DecimalText.parse(values.bytes, from, to)
              : DecimalColumn.parse(values.bytes, from, to, scale);
      if (value == DecimalText.NOT_PLAIN) {
        return null;
      }
      numbers[i] = value;
    }
    NumberHead head = numberEncoder.encode(numbers, values.count, Use.NUMBERS, body);
    estimate = numberEncoder.estimatedBytes();
    ColumnHead inner = scale == 0 ? new IntHead(head) : new DecimalHead(scale, head);
    return prefix + suffix == 0 ? inner : affix(values, prefix, suffix, inner);
  }

  private static AffixHead affix(ValueSlices values, int prefix, int suffix, ColumnHead inner) {
    byte[] first = values.value(0);
    return new AffixHead(
        Arrays.copyOf(first, prefix),
        Arrays.copyOfRange(first, first.length - suffix, first.length),
        inner);
  }

  private static boolean haveAffixes(ValueSlices values, int prefix, int suffix) {
    byte[] bytes = values.bytes;
    int start = values.starts[0];
    int end = values.ends[0];
    for (int i = 0; i < values.count && prefix + suffix > 0; i++) {
      int otherStart = values.starts[i];
      int otherEnd = values.ends[i];
      if (otherEnd - otherStart < prefix + suffix
          || !Arrays.equals(bytes, start, start + prefix, bytes, otherStart, otherStart + prefix)
          || !Arrays.equals(bytes, end - suffix, end, bytes, otherEnd - suffix, otherEnd)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable ColumnHead encodeDates(ValueSlices values, ByteWriter body) {
    DateLayout layout = DateLayout.of(values.value(0));
    if (layout == null || !readDates(values, layout)) {
      return encodeDigits(values, body);
    }
    NumberHead head = numberEncoder.encode(numbers, values.count, Use.NUMBERS, body);
    estimate = numberEncoder.estimatedBytes();
    return new DateHead(layout, head);
  }

  private boolean readDates(ValueSlices values, DateLayout layout) {
    if (survey.lengthMin() != survey.lengthMax()) {
      return false;
    }
    reserveNumbers(values.count);
    for (int i = 0; i < values.count; i++) {
      numbers[i] = layout.parse(values.bytes, values.starts[i]);
      if (numbers[i] == DateLayout.NO_DATE) {
        return false;
      }
    }
    return true;
  }

  private @Nullable ColumnHead encodeDigits(ValueSlices values, ByteWriter body) {
    if (survey.lengthMin() != survey.lengthMax()
        || survey.lengthMax() > DigitsHead.TEMPLATE_BYTES_MAX) {
      return null;
    }
    DigitTemplate template = DigitsHead.templateOf(values.value(0));
    if (template == null) {
      return null;
    }
    reserveNumbers(values.count);
    for (int i = 0; i < values.count; i++) {
      long value = template.parse(values.bytes, values.starts[i]);
      if (value < 0) {
        return null;
      }
      numbers[i] = value;
    }
    NumberHead head = numberEncoder.encode(numbers, values.count, Use.NUMBERS, body);
    estimate = numberEncoder.estimatedBytes();
    return new DigitsHead(template.bytes(), head);
  }

  private @Nullable ColumnHead encodeHex(ValueSlices values, ByteWriter body) {
    HexLayout layout = survey.hexLayout(values);
    HexHead head = layout == null ? null : HexHead.encode(values, layout, body);
    if (head != null) {
      estimate = head.bodyBytes();
    }
    return head;
  }

  private ColumnHead encodeStrings(ValueSlices values, ByteWriter body) {
    int start = body.size();
    NestedStrings.Head taken = values.count < 2 ? null : nested.tryEncode(values, body);
    if (taken != null) {
      estimate = (long) ((body.size() - start) * (taken.isDense() ? 1 : STRING_FACTOR));
      return new NestedStringsHead(taken);
    }
    int prefix = survey.prefix;
    int suffix = survey.suffix;
    if (prefix + suffix == 0 || !haveAffixes(values, prefix, suffix)) {
      return encodePlainStrings(values, body);
    }
    middles.reset(values.bytes);
    for (int i = 0; i < values.count; i++) {
      middles.add(values.starts[i] + prefix, values.ends[i] - suffix);
    }
    return affix(values, prefix, suffix, encodePlainStrings(middles, body));
  }

  private ColumnHead encodePlainStrings(ValueSlices values, ByteWriter body) {
    reserveNumbers(values.count);
    int min = Integer.MAX_VALUE;
    int max = 0;
    long total = 0;
    for (int i = 0; i < values.count; i++) {
      int length = values.length(i);
      numbers[i] = length;
      min = Math.min(min, length);
      max = Math.max(max, length);
      total += length;
    }
    NumberHead lengths = numberEncoder.encode(numbers, values.count, Use.NUMBERS, body);
    int bytes = Math.toIntExact(total);
    int at = body.skip(bytes);
    byte[] target = body.array();
    boolean[] seen = new boolean[256];
    for (int i = 0; i < values.count; i++) {
      int length = values.length(i);
      System.arraycopy(values.bytes, values.starts[i], target, at, length);
      for (int end = at + length; at < end; at++) {
        seen[target[at] & 0xff] = true;
      }
    }
    Stamp stamp = new Stamps().addSeen(seen).of(min, max);
    estimate = numberEncoder.estimatedBytes() + (long) (bytes * STRING_FACTOR);
    return new StringsHead(stamp, lengths, bytes);
  }
}
