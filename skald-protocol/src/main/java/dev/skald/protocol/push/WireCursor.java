package dev.skald.protocol.push;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;

/**
 * Walks protobuf's wire format (protobuf.dev, "Encoding") over an array; every read is checked
 * against the end of the message that is being read. Malformed input is BAD_REQUEST.
 */
final class WireCursor {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int GROUP_START = 3;
  static final int GROUP_END = 4;
  static final int FIXED32 = 5;

  private static final int TYPE_BITS = 3;
  private static final int VARINT_BYTES_MAX = 10;
  private static final int GROUPS_DEEP_MAX = 32;

  private final byte[] bytes;
  private int at;
  private int end;

  WireCursor(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  int at() {
    return at;
  }

  void at(int position) {
    at = position;
  }

  boolean more() {
    return at < end;
  }

  /**
   * Enters a message of {@code length} bytes that begins here; returns the end to {@link #leave}
   * to.
   */
  int enter(int length) {
    int outer = end;
    end = at + length;
    return outer;
  }

  /** Goes on behind the message entered last. */
  void leave(int outerEnd) {
    at = end;
    end = outerEnd;
  }

  static int field(int tag) {
    return tag >>> TYPE_BITS;
  }

  static int type(int tag) {
    return tag & ((1 << TYPE_BITS) - 1);
  }

  int tag() {
    long tag = varint();
    if (tag >>> 32 != 0 || tag >>> TYPE_BITS == 0) {
      throw malformed("proto: illegal tag " + Long.toUnsignedString(tag));
    }
    return (int) tag;
  }

  long varint() {
    if (at < end && bytes[at] >= 0) {
      return bytes[at++];
    }
    long value = 0;
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      if (at >= end) {
        throw cutShort();
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("proto: integer overflow");
  }

  /** The length of the bytes that follow; they are all there. */
  int length(int tag) {
    if (type(tag) != BYTES) {
      throw malformed("proto: wrong wireType = " + type(tag) + " for field " + field(tag));
    }
    return length();
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw cutShort();
    }
    return (int) length;
  }

  /** The value of a varint field. */
  long varint(int tag) {
    if (type(tag) != VARINT) {
      throw malformed("proto: wrong wireType = " + type(tag) + " for field " + field(tag));
    }
    return varint();
  }

  /** Skips the value of a field whose tag was just read. */
  void skip(int tag) {
    int groups = 0;
    int next = tag;
    while (true) {
      switch (type(next)) {
        case VARINT -> varint();
        case FIXED64 -> skipBytes(Long.BYTES);
        case FIXED32 -> skipBytes(Integer.BYTES);
        case BYTES -> skipBytes(length());
        case GROUP_START -> {
          if (++groups > GROUPS_DEEP_MAX) {
            throw malformed("proto: groups nested deeper than " + GROUPS_DEEP_MAX);
          }
        }
        case GROUP_END -> {
          if (--groups < 0) {
            throw malformed("proto: unexpected end of group");
          }
        }
        default -> throw malformed("proto: illegal wireType " + type(next));
      }
      if (groups == 0) {
        return;
      }
      next = tag();
    }
  }

  private void skipBytes(int length) {
    if (length > end - at) {
      throw cutShort();
    }
    at += length;
  }

  static SkaldException cutShort() {
    return malformed("unexpected EOF");
  }

  static SkaldException malformed(String what) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, what);
  }
}
