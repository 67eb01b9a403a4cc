package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.Needle;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Values that have digits at the same places and the same bytes at all others: the digits as one number.
 *
 * @param template the bytes, with {@link DigitTemplate#DIGIT} for each digit
 */
@SuppressWarnings("ArrayRecordComponent")
record DigitsHead(byte[] template, NumberHead numbers) implements ColumnHead {
  static final int CODE = 4;
  static final int TEMPLATE_BYTES_MAX = 255;

  static DigitsHead readRest(ByteReader in) {
    byte[] template = in.readBytes(in.readByte());
    int digits = digits(template);
    if (!isTemplate(template)) {
      throw in.corrupt("template of digits", "no zero byte and no digit", 0);
    }
    if (digits < 1 || digits > DecimalText.DIGITS_MAX) {
      throw in.corrupt("digits of template", "1 to " + DecimalText.DIGITS_MAX, digits);
    }
    NumberHead numbers = NumberHead.read(in);
    if (numbers.min() < 0 || numbers.max() >= DecimalText.power(digits)) {
      throw in.corrupt("number in template", digits + " digits", numbers.max());
    }
    return new DigitsHead(template, numbers);
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static int digits(byte[] template) {
    int digits = 0;
    for (byte b : template) {
      digits += b == DigitTemplate.DIGIT ? 1 : 0;
    }
    return digits;
  }

  /** Whether it says which byte is where. */
  static boolean isTemplate(byte[] template) {
    for (byte b : template) {
      if (b == DigitTemplate.ANY || isDigit(b)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The template of a value, or null if it has bytes that mean something in templates, no digit, or too many of them.
   *
   * @param value has no more bytes than a template may have
   */
  static @Nullable DigitTemplate templateOf(byte[] value) {
    byte[] template = value.clone();
    int digits = 0;
    for (int i = 0; i < template.length; i++) {
      if (isDigit(template[i])) {
        template[i] = DigitTemplate.DIGIT;
        digits++;
      } else if (template[i] == DigitTemplate.ANY || template[i] == DigitTemplate.DIGIT) {
        return null;
      }
    }
    return digits < 1 || digits > DecimalText.DIGITS_MAX ? null : new DigitTemplate(template);
  }

  @Override
  public Stamp stamp() {
    Stamps stamps = new Stamps().addRange('0', '9');
    for (byte b : template) {
      if (b != DigitTemplate.DIGIT) {
        stamps.add(b);
      }
    }
    return stamps.of(template.length, template.length);
  }

  @Override
  public int bodyBytes() {
    return numbers.bodyBytes();
  }

  @Override
  public int compressibleBytes() {
    return numbers.compressibleBytes();
  }

  @Override
  public void write(ByteWriter out) {
    out.putByte(CODE);
    out.putByte(template.length);
    out.putBytes(template);
    numbers.write(out);
  }

  @Override
  public SlotColumn open(int count, ByteReader body) {
    return new Column(template, numbers.decode(count, body), stamp());
  }

  @Override
  public SlotColumn pick(int count, int[] positions, ByteReader body, ColumnMarks marks) {
    return new Column(template, numbers.pick(count, positions, body, marks), stamp());
  }

  private static final class Column extends UndividedColumn {
    private final DigitTemplate template;
    private final long[] values;

    Column(byte[] template, long[] values, Stamp stamp) {
      super(values.length, stamp);
      this.template = new DigitTemplate(template);
      this.values = values;
    }

    @Override
    public int length(int position) {
      return template.length();
    }

    @Override
    public int copy(int position, byte[] target, int at) {
      byte[] bytes = template.bytes();
      long rest = values[position];
      for (int i = bytes.length - 1; i >= 0; i--) {
        byte b = bytes[i];
        if (b == DigitTemplate.DIGIT) {
          long next = rest / 10;
          b = (byte) ('0' + (rest - next * 10));
          rest = next;
        }
        target[at + i] = b;
      }
      return at + bytes.length;
    }

    @Override
    void findPossible(Needle needle, BitSet positions) {
      if (template.admits(needle)) {
        super.findPossible(needle, positions);
      }
    }
  }
}
