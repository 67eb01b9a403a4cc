package dev.skald.protocol.wire;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks protobuf's wire format (protobuf.dev, "Encoding") over an array; every read is checked
 * against the end of the message that is being read. Malformed input is BAD_REQUEST.
 */
public final class WireCursor {
  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int BYTES = 2;
  static final int GROUP_START = 3;
  static final int GROUP_END = 4;
  public static final int FIXED32 = 5;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int TYPE_BITS = 3;
  private static final int VARINT_BYTES_MAX = 10;
  private static final int GROUPS_DEEP_MAX = 32;

  private final byte[] bytes;
  private int at;
  private int end;

  public WireCursor(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  public int at() {
    return at;
  }

  public void at(int position) {
    at = position;
  }

  /** Where the message that is being read ends. */
  public int end() {
    return end;
  }

  public boolean more() {
    return at < end;
  }

  /**
   * Enters a message of {@code length} bytes that begins here; returns the end to {@link #leave}
   * to.
   */
  public int enter(int length) {
    int outer = end;
    end = at + length;
    return outer;
  }

  /** Goes on behind the message entered last. */
  public void leave(int outerEnd) {
    at = end;
    end = outerEnd;
  }

  public static int field(int tag) {
    return tag >>> TYPE_BITS;
  }

  public static int type(int tag) {
    return tag & ((1 << TYPE_BITS) - 1);
  }

  public int tag() {
    long tag = varint();
    if (tag >>> 32 != 0 || tag >>> TYPE_BITS == 0) {
      throw malformed("proto: illegal tag " + Long.toUnsignedString(tag));
    }
    return (int) tag;
  }

  public long varint() {
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
  public int length(int tag) {
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
  public long varint(int tag) {
    if (type(tag) != VARINT) {
      throw malformed("proto: wrong wireType = " + type(tag) + " for field " + field(tag));
    }
    return varint();
  }

  /** The value of a fixed64, sfixed64 or double field, as bits. */
  public long fixed64(int tag) {
    if (type(tag) != FIXED64) {
      throw malformed("proto: wrong wireType = " + type(tag) + " for field " + field(tag));
    }
    int start = at;
    skipBytes(Long.BYTES);
    return (long) LONGS.get(bytes, start);
  }

  /** The value of a fixed32 field. */
  public int fixed32(int tag) {
    if (type(tag) != FIXED32) {
      throw malformed("proto: wrong wireType = " + type(tag) + " for field " + field(tag));
    }
    int start = at;
    skipBytes(Integer.BYTES);
    return (int) INTS.get(bytes, start);
  }

  /** Skips the value of a field whose tag was just read. */
  public void skip(int tag) {
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

  public static SkaldException malformed(String what) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, what);
  }
}
