package dev.skald.logql.syntax;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses strictly: no leading zeros in IPv4, one {@code ::} at most in IPv6 (RFC 4291,
 * 2.2).
 */
final class IpAddressText {
  static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;

  private IpAddressText() {}

  /** 4 or 16 bytes; null if the text is no address. */
  static byte @Nullable [] parse(String text) {
    return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
  }

  private static byte @Nullable [] parseV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != V4_BYTES) {
      return null;
    }
    byte[] address = new byte[V4_BYTES];
    for (int i = 0; i < V4_BYTES; i++) {
      int value = number(parts[i], 10, 3);
      boolean hasLeadingZero = parts[i].length() > 1 && parts[i].charAt(0) == '0';
      if (value < 0 || value > 0xff || hasLeadingZero) {
        return null;
      }
      address[i] = (byte) value;
    }
    return address;
  }

  /** The address as an unsigned number of 32 bits; -1 if the bytes are none in IPv4's form. */
  static long readV4(byte[] bytes, int start, int end) {
    long address = 0;
    int at = start;
    for (int part = 0; part < V4_BYTES; part++) {
      int from = at;
      int value = 0;
      while (at < end && at < from + 3 && bytes[at] >= '0' && bytes[at] <= '9') {
        value = value * 10 + bytes[at++] - '0';
      }
      boolean hasLeadingZero = at > from + 1 && bytes[from] == '0';
      boolean isLast = part == V4_BYTES - 1;
      boolean endsWell = isLast ? at == end : at < end && bytes[at] == '.';
      if (at == from || value > 0xff || hasLeadingZero || !endsWell) {
        return -1;
      }
      address = address << 8 | value;
      at++;
    }
    return address;
  }

  private static byte @Nullable [] parseV6(String text) {
    int zone = text.indexOf('%');
    if (zone == text.length() - 1) {
      return null;
    }
    String digits = zone < 0 ? text : text.substring(0, zone);
    int gap = digits.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(digits);
      return all != null && all.length == V6_BYTES ? all : null;
    }
    byte[] head = groups(digits.substring(0, gap));
    byte[] tail = groups(digits.substring(gap + 2));
    boolean fits = head != null && tail != null && head.length + tail.length < V6_BYTES;
    if (head == null || tail == null || !fits) {
      return null;
    }
    byte[] address = Arrays.copyOf(head, V6_BYTES);
    System.arraycopy(tail, 0, address, V6_BYTES - tail.length, tail.length);
    return address;
  }

  /** Groups of 16 bits between colons, the last one maybe an IPv4 address; null if malformed. */
  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[2 * parts.length + 2];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      if (isLast && parts[i].indexOf('.') >= 0) {
        byte[] v4 = parseV4(parts[i]);
        if (v4 == null) {
          return null;
        }
        System.arraycopy(v4, 0, bytes, length, V4_BYTES);
        length += V4_BYTES;
      } else {
        int value = number(parts[i], 16, 4);
        if (value < 0) {
          return null;
        }
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  /** -1 if the text is empty, too long or holds another character. */
  private static int number(String text, int radix, int digitsMax) {
    if (text.isEmpty() || text.length() > digitsMax) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
