package dev.skald.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Text as UTF-8, except that an unpaired surrogate, which UTF-8 cannot say, is written as its three
 * bytes (the form known as WTF-8), so that every {@link String} comes back as it was.
 */
public final class ExactUtf8 {
  private ExactUtf8() {}

  public static byte[] encode(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (!mayStandForSurrogate(utf8)) {
      return utf8;
    }
    int unpaired = firstUnpairedSurrogate(text);
    if (unpaired < 0) {
      return utf8;
    }
    ByteWriter out = new ByteWriter(text.length() * 3);
    int done = 0;
    for (int i = unpaired; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        out.putBytes(text.substring(done, i).getBytes(StandardCharsets.UTF_8));
        out.putByte(0xe0 | (c >> 12));
        out.putByte(0x80 | ((c >> 6) & 0x3f));
        out.putByte(0x80 | (c & 0x3f));
        done = i + 1;
      }
    }
    out.putBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** UTF-8 says {@code ?} for what it cannot say: most text is found to be good by that alone. */
  private static boolean mayStandForSurrogate(byte[] utf8) {
    for (byte b : utf8) {
      if (b == '?') {
        return true;
      }
    }
    return false;
  }

  /** Bytes that {@link #encode} cannot have written become U+FFFD. */
  public static String decode(byte[] bytes, int start, int end) {
    for (int i = start; i + 2 < end; i++) {
      if (isSurrogate(bytes, i)) {
        return decodeWithSurrogates(bytes, start, end, i);
      }
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static String decodeWithSurrogates(byte[] bytes, int start, int end, int first) {
    StringBuilder text = new StringBuilder(end - start);
    int done = start;
    for (int i = first; i + 2 < end; i++) {
      if (isSurrogate(bytes, i)) {
        text.append(new String(bytes, done, i - done, StandardCharsets.UTF_8));
        text.append((char) (0xd000 | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f)));
        i += 2;
        done = i + 1;
      }
    }
    return text.append(new String(bytes, done, end - done, StandardCharsets.UTF_8)).toString();
  }

  /** {@code ED A0..BF 80..BF}: never part of UTF-8. */
  private static boolean isSurrogate(byte[] bytes, int i) {
    return bytes[i] == (byte) 0xed
        && (bytes[i + 1] & 0xe0) == 0xa0
        && (bytes[i + 2] & 0xc0) == 0x80;
  }

  private static int firstUnpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }
}
