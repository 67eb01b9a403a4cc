package dev.skald.protocol.wire;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes raw deflate (RFC 1951) and gzip (RFC 1952, members one after the other), counting what
 * comes out.
 */
final class Deflate {
  private static final int MEMBER_HEADER_BYTES = 10;
  private static final int MEMBER_TRAILER_BYTES = 8;
  private static final int FLAGS_OFFSET = 3;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int OUTPUT_STEP_BYTES = 64 << 10;

  private Deflate() {}

  /** All of {@code from} is one deflate stream; what follows its last block is ignored. */
  static void inflateRaw(Inflater inflater, GrowingBytes from, GrowingBytes to, int bytesMax) {
    to.length(0);
    inflate(inflater, from, 0, to, bytesMax);
  }

  static void inflateGzip(Inflater inflater, GrowingBytes from, GrowingBytes to, int bytesMax) {
    to.length(0);
    int at = 0;
    do {
      at = afterHeader(from.array(), at, from.length());
      int start = to.length();
      inflater.reset();
      at = inflate(inflater, from, at, to, bytesMax);
      checkTrailer(from, at, to, start);
      at += MEMBER_TRAILER_BYTES;
    } while (at < from.length());
  }

  /** Appends to {@code to}; returns where the deflate stream that begins at {@code at} ends. */
  private static int inflate(
      Inflater inflater, GrowingBytes from, int at, GrowingBytes to, int bytesMax) {
    inflater.setInput(from.array(), at, from.length() - at);
    try {
      while (!inflater.finished()) {
        if (to.length() == to.capacity()) {
          to.require(
              (int) Math.min(bytesMax + 1L, to.length() + (long) OUTPUT_STEP_BYTES), bytesMax + 1);
        }
        int made = inflater.inflate(to.array(), to.length(), to.capacity() - to.length());
        to.length(to.length() + made);
        if (to.length() > bytesMax) {
          throw BodyDecoder.inflatedTooLarge(to.length(), bytesMax);
        }
        if (made == 0 && !inflater.finished()) {
          throw corrupt(inflater.needsDictionary() ? "dictionary needed" : "unexpected EOF");
        }
      }
    } catch (DataFormatException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "flate: corrupt input before offset " + inflater.getBytesRead(),
          e);
    }
    return (int) (at + inflater.getBytesRead());
  }

  private static int afterHeader(byte[] in, int start, int end) {
    if (end - start < MEMBER_HEADER_BYTES) {
      throw corrupt("unexpected EOF");
    }
    if ((in[start] & 0xff) != 0x1f || (in[start + 1] & 0xff) != 0x8b || in[start + 2] != 8) {
      throw corrupt("gzip: invalid header");
    }
    int flags = in[start + FLAGS_OFFSET];
    int at = start + MEMBER_HEADER_BYTES;
    if ((flags & FLAG_EXTRA) != 0) {
      if (end - at < 2) {
        throw corrupt("unexpected EOF");
      }
      at += 2 + (in[at] & 0xff) + ((in[at + 1] & 0xff) << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      at = afterZero(in, at, end);
    }
    if ((flags & FLAG_COMMENT) != 0) {
      at = afterZero(in, at, end);
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      at += 2;
    }
    if (at >= end) {
      throw corrupt("unexpected EOF");
    }
    return at;
  }

  private static int afterZero(byte[] in, int start, int end) {
    for (int at = start; at < end; at++) {
      if (in[at] == 0) {
        return at + 1;
      }
    }
    throw corrupt("unexpected EOF");
  }

  private static void checkTrailer(GrowingBytes from, int at, GrowingBytes to, int start) {
    if (from.length() - at < MEMBER_TRAILER_BYTES) {
      throw corrupt("unexpected EOF");
    }
    CRC32 crc = new CRC32();
    crc.update(to.array(), start, to.length() - start);
    if (littleEndian(from.array(), at) != (int) crc.getValue()
        || littleEndian(from.array(), at + Integer.BYTES) != to.length() - start) {
      throw corrupt("gzip: invalid checksum");
    }
  }

  private static int littleEndian(byte[] in, int at) {
    return (in[at] & 0xff)
        | (in[at + 1] & 0xff) << 8
        | (in[at + 2] & 0xff) << 16
        | (in[at + 3] & 0xff) << 24;
  }

  private static SkaldException corrupt(String what) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, what);
  }
}
