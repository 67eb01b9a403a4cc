package dev.skald.protocol.wire;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;

/**
 * Undoes snappy's block format (not the framed one): a length as a varint, then literals and
 * copies.
 */
public final class SnappyBlock {
  /** A copy of two bytes makes at most 11, one of three bytes at most 64. */
  private static final int EXPANSION_MAX = 22;

  private static final int PREAMBLE_BYTES_MAX = 5;

  private SnappyBlock() {}

  /**
   * @throws SkaldException BAD_REQUEST if the block is malformed; TOO_LARGE if it is longer than
   *     {@code bytesMax} inflated, before anything of that size is allocated
   */
  public static void inflate(GrowingBytes from, GrowingBytes to, int bytesMax) {
    byte[] in = from.array();
    int end = from.length();
    long declared = 0;
    int at = 0;
    for (int shift = 0; ; shift += 7) {
      if (at == end || at == PREAMBLE_BYTES_MAX) {
        throw corrupt();
      }
      byte b = in[at++];
      declared |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    if (declared > 0xffff_ffffL || declared > (long) (end - at) * EXPANSION_MAX) {
      throw corrupt();
    }
    if (declared > bytesMax) {
      throw BodyDecoder.inflatedTooLarge(declared, bytesMax);
    }
    int length = (int) declared;
    to.length(0);
    to.require(length);
    if (length > 0 || end > at) {
      try {
        int made =
            new SnappyJavaDecompressor().decompress(in, 0, end, to.array(), 0, to.capacity());
        if (made != length) {
          throw corrupt();
        }
      } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException e) {
        throw SkaldException.of(ErrorKind.BAD_REQUEST, corrupt().getMessage(), e);
      }
    }
    to.length(length);
  }

  private static SkaldException corrupt() {
    return SkaldException.of(ErrorKind.BAD_REQUEST, "snappy: corrupt input");
  }
}
