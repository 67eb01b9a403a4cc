package dev.skald.protocol.wire;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;

/**
 * Undoes LZ4 frames (github.com/lz4/lz4, lz4_Frame_format.md and lz4_Block_format.md), one after
 * the other. Blocks may refer to those before them. Checksums are passed over: what is in the
 * frames has a format that is checked.
 */
final class Lz4Frame {
  private static final int MAGIC = 0x184d2204;
  private static final int SKIPPABLE = 0x184d2a5; // and any last four bits
  private static final int VERSION = 1;
  private static final int FLAG_BLOCK_CHECKSUM = 1 << 4;
  private static final int FLAG_CONTENT_SIZE = 1 << 3;
  private static final int FLAG_CONTENT_CHECKSUM = 1 << 2;
  private static final int FLAG_DICTIONARY = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int CONTENT_SIZE_BYTES = 8;
  private static final int MATCH_BYTES_MIN = 4;
  private static final int LENGTH_MORE = 15;

  private final byte[] in;
  private final int end;
  private final GrowingBytes to;
  private final int bytesMax;
  private int at;

  private Lz4Frame(GrowingBytes from, GrowingBytes to, int bytesMax) {
    this.in = from.array();
    this.end = from.length();
    this.to = to;
    this.bytesMax = bytesMax;
  }

  /**
   * @throws SkaldException BAD_REQUEST if the frames are malformed or need a dictionary; TOO_LARGE
   *     beyond {@code bytesMax}
   */
  static void inflate(GrowingBytes from, GrowingBytes to, int bytesMax) {
    to.length(0);
    Lz4Frame frames = new Lz4Frame(from, to, bytesMax);
    do {
      frames.frame();
    } while (frames.at < frames.end);
  }

  private void frame() {
    int magic = littleEndian();
    if (magic >>> 4 == SKIPPABLE) {
      skip(littleEndian());
      return;
    }
    if (magic != MAGIC) {
      throw corrupt("bad magic number");
    }
    int flags = next();
    if (flags >>> 6 != VERSION || (flags & FLAG_DICTIONARY) != 0) {
      throw corrupt("unsupported frame: flags=" + flags);
    }
    skip(1); // the size of blocks, which says nothing that the blocks do not
    skip((flags & FLAG_CONTENT_SIZE) != 0 ? CONTENT_SIZE_BYTES : 0);
    skip(1); // checksum of the header
    int frameStart = to.length();
    for (int size = littleEndian(); size != 0; size = littleEndian()) {
      int length = size & Integer.MAX_VALUE;
      if (length > end - at) {
        throw corrupt("unexpected EOF");
      }
      if (size < 0) {
        literals(length);
      } else {
        block(at + length, frameStart);
      }
      skip((flags & FLAG_BLOCK_CHECKSUM) != 0 ? CHECKSUM_BYTES : 0);
    }
    skip((flags & FLAG_CONTENT_CHECKSUM) != 0 ? CHECKSUM_BYTES : 0);
  }

  private void block(int blockEnd, int frameStart) {
    while (true) {
      int token = next();
      literals(length(token >>> 4));
      if (at >= blockEnd) {
        break;
      }
      int offset = next() | next() << 8;
      match(offset, length(token & LENGTH_MORE) + MATCH_BYTES_MIN, frameStart);
    }
    if (at != blockEnd) {
      throw corrupt("block ends within a sequence");
    }
  }

  private int length(int nibble) {
    int length = nibble;
    if (nibble == LENGTH_MORE) {
      int more;
      do {
        more = next();
        length += more;
        if (length > bytesMax) {
          throw BodyDecoder.inflatedTooLarge(length, bytesMax);
        }
      } while (more == 255);
    }
    return length;
  }

  private void literals(int length) {
    if (length > end - at) {
      throw corrupt("unexpected EOF");
    }
    int start = room(length);
    System.arraycopy(in, at, to.array(), start, length);
    at += length;
  }

  /** Copies what was written {@code offset} bytes ago; source and target may overlap. */
  private void match(int offset, int length, int frameStart) {
    int source = to.length() - offset;
    if (offset == 0 || source < frameStart) {
      throw corrupt("offset before the frame");
    }
    int start = room(length);
    byte[] out = to.array();
    if (offset >= length) {
      System.arraycopy(out, source, out, start, length);
    } else {
      for (int i = 0; i < length; i++) {
        out[start + i] = out[source + i];
      }
    }
  }

  /** Adds so many bytes; returns where they begin. */
  private int room(int length) {
    int start = to.length();
    if (length > bytesMax - start) {
      throw BodyDecoder.inflatedTooLarge((long) start + length, bytesMax);
    }
    to.require(start + length, bytesMax);
    to.length(start + length);
    return start;
  }

  private int next() {
    if (at >= end) {
      throw corrupt("unexpected EOF");
    }
    return in[at++] & 0xff;
  }

  private int littleEndian() {
    return next() | next() << 8 | next() << 16 | next() << 24;
  }

  private void skip(int bytes) {
    if (bytes < 0 || bytes > end - at) {
      throw corrupt("unexpected EOF");
    }
    at += bytes;
  }

  private static SkaldException corrupt(String what) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, "lz4: " + what);
  }
}
