package dev.skald.protocol.wire;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.Writer;

/**
 * A writer that appends text as UTF-8 to an array used again and again: how JSON strings become
 * lines. A surrogate without its other half is BAD_REQUEST; call {@link #endText} behind each text.
 */
public final class Utf8Text extends Writer {
  private static final int BYTES_PER_CHAR_MAX = 3;

  private final GrowingBytes target;
  private char high;

  public Utf8Text(GrowingBytes target) {
    this.target = target;
  }

  @Override
  public void write(char[] text, int start, int length) {
    long room = target.length() + 4L + (long) length * BYTES_PER_CHAR_MAX;
    if (room > Integer.MAX_VALUE - 16L) {
      throw SkaldException.of(ErrorKind.TOO_LARGE, "text too long: chars=" + length);
    }
    target.require((int) room);
    byte[] out = target.array();
    int at = target.length();
    int end = start + length;
    int i = start;
    if (high == 0) {
      for (; i < end && text[i] < 0x80; i++) {
        out[at++] = (byte) text[i];
      }
    }
    for (; i < end; i++) {
      at = append(out, at, text[i]);
    }
    target.length(at);
  }

  @Override
  public void write(String text, int start, int length) {
    char[] chars = text.substring(start, start + length).toCharArray();
    write(chars, 0, chars.length);
  }

  @Override
  public void write(String text) {
    write(text, 0, text.length());
  }

  private int append(byte[] out, int start, char c) {
    int at = start;
    if (high != 0) {
      if (!Character.isLowSurrogate(c)) {
        throw loneSurrogate();
      }
      int point = Character.toCodePoint(high, c);
      high = 0;
      out[at++] = (byte) (0xf0 | point >> 18);
      out[at++] = (byte) (0x80 | (point >> 12 & 0x3f));
      out[at++] = (byte) (0x80 | (point >> 6 & 0x3f));
      out[at++] = (byte) (0x80 | (point & 0x3f));
    } else if (c < 0x80) {
      out[at++] = (byte) c;
    } else if (c < 0x800) {
      out[at++] = (byte) (0xc0 | c >> 6);
      out[at++] = (byte) (0x80 | (c & 0x3f));
    } else if (Character.isHighSurrogate(c)) {
      high = c;
    } else if (Character.isLowSurrogate(c)) {
      throw loneSurrogate();
    } else {
      out[at++] = (byte) (0xe0 | c >> 12);
      out[at++] = (byte) (0x80 | (c >> 6 & 0x3f));
      out[at++] = (byte) (0x80 | (c & 0x3f));
    }
    return at;
  }

  /** Where the next text begins. */
  public int position() {
    return target.length();
  }

  /** Forgets all texts. */
  public void clear() {
    target.length(0);
    high = 0;
  }

  public void endText() {
    if (high != 0) {
      throw loneSurrogate();
    }
  }

  public byte[] array() {
    return target.array();
  }

  private static SkaldException loneSurrogate() {
    return SkaldException.of(ErrorKind.BAD_REQUEST, "json: lone surrogate in a string");
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
