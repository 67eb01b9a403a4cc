package dev.skald.storage.column;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.SlotColumn;
import dev.skald.model.Stamp;

/**
 * Values that have digits at the same places and the same bytes at all others: the digits as one number.
 *
 * @param template the bytes, with a {@code 0} for each digit
 */
@SuppressWarnings("ArrayRecordComponent")
record DigitsHead(byte[] template, NumberHead numbers) implements ColumnHead {
  static final int CODE = 4;
  static final int TEMPLATE_BYTES_MAX = 255;

  static DigitsHead readRest(ByteReader in) {
    byte[] template = in.readBytes(in.readByte());
    int digits = digits(template);
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
      digits += isDigit(b) ? 1 : 0;
    }
    return digits;
  }

  /** The template of a value, which has no more bytes than a template may have. */
  static byte[] template(byte[] value) {
    byte[] template = value.clone();
    for (int i = 0; i < template.length; i++) {
      template[i] = isDigit(template[i]) ? (byte) '0' : template[i];
    }
    return template;
  }

  /** The digits of {@code bytes[start ..]} as a number, or {@link DecimalText#NOT_DIGITS} if it is not so built. */
  static long parse(byte[] template, byte[] bytes, int start) {
    long value = 0;
    for (int i = 0; i < template.length; i++) {
      byte b = bytes[start + i];
      if (template[i] == '0') {
        if (!isDigit(b)) {
          return DecimalText.NOT_DIGITS;
        }
        value = value * 10 + (b - '0');
      } else if (b != template[i]) {
        return DecimalText.NOT_DIGITS;
      }
    }
    return value;
  }

  @Override
  public Stamp stamp() {
    return new Stamps().add(template).addRange('0', '9').of(template.length, template.length);
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

  private static final class Column extends UndividedColumn {
    private final byte[] template;
    private final long[] values;

    Column(byte[] template, long[] values, Stamp stamp) {
      super(values.length, stamp);
      this.template = template;
      this.values = values;
    }

    @Override
    public int length(int position) {
      return template.length;
    }

    @Override
    public int copy(int position, byte[] target, int at) {
      long rest = values[position];
      for (int i = template.length - 1; i >= 0; i--) {
        byte b = template[i];
        if (b == '0') {
          long next = rest / 10;
          b = (byte) ('0' + (rest - next * 10));
          rest = next;
        }
        target[at + i] = b;
      }
      return at + template.length;
    }
  }
}
