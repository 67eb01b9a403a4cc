package dev.skald.protocol.push;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a body and undoes its content coding. Both sizes are counted as bytes come, never taken
 * from a header: a small body that declares or inflates to much costs no memory.
 */
final class BodyDecoder {
  /** Arrays start no larger than this, whatever {@code Content-Length} says. */
  private static final int TRUSTED_BYTES_MAX = 1 << 20;

  private static final int READ_STEP_BYTES = 64 << 10;

  /** zstd frames with a window beyond 16 MiB are refused: the window is memory. */
  private static final int ZSTD_WINDOW_LOG_MAX = 24;

  private BodyDecoder() {}

  /** Leaves the body in {@code buffers.current()}. */
  static void read(PushRequest request, BodyLimits limits, PushBuffers buffers) {
    ContentCoding coding = ContentCoding.parse(request.contentEncoding());
    readWire(request, limits.wireBytesMax(), buffers.current());
    int bytesMax = limits.inflatedBytesMax();
    switch (coding) {
      case IDENTITY, SNAPPY -> {}
      case GZIP -> {
        Deflate.inflateGzip(buffers.inflater(), buffers.current(), buffers.other(), bytesMax);
        buffers.swap();
      }
      case DEFLATE -> {
        Deflate.inflateRaw(buffers.inflater(), buffers.current(), buffers.other(), bytesMax);
        buffers.swap();
      }
      case ZSTD -> {
        if (!isZstd(buffers.current())) {
          throw ContentCoding.unsupported(request.contentEncoding());
        }
        inflateZstd(buffers.current(), buffers.other(), bytesMax);
        buffers.swap();
      }
    }
  }

  private static void readWire(PushRequest request, int bytesMax, GrowingBytes to) {
    if (request.declaredBytes() > bytesMax) {
      throw wireTooLarge(request.declaredBytes(), bytesMax);
    }
    to.length(0);
    to.require((int) Math.min(TRUSTED_BYTES_MAX, Math.max(0, request.declaredBytes()) + 1));
    try {
      append(request.body(), to, bytesMax);
    } catch (IOException e) {
      throw SkaldException.of(ErrorKind.CANCELLED, "body could not be read: " + e.getMessage(), e);
    }
    if (to.length() > bytesMax) {
      throw wireTooLarge(to.length(), bytesMax);
    }
  }

  private static boolean isZstd(GrowingBytes body) {
    byte[] in = body.array();
    return body.length() >= 4
        && (in[0] & 0xff) == 0x28
        && (in[1] & 0xff) == 0xb5
        && in[2] == 0x2f
        && (in[3] & 0xff) == 0xfd;
  }

  private static void inflateZstd(GrowingBytes from, GrowingBytes to, int bytesMax) {
    to.length(0);
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(from.array(), 0, from.length()))) {
      in.setLongMax(ZSTD_WINDOW_LOG_MAX);
      append(in, to, bytesMax);
    } catch (IOException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "zstd: " + e.getMessage(), e);
    }
    if (to.length() > bytesMax) {
      throw inflatedTooLarge(to.length(), bytesMax);
    }
  }

  /** Reads to the end, or until {@code to} holds more than {@code bytesMax}. */
  private static void append(InputStream in, GrowingBytes to, int bytesMax) throws IOException {
    while (to.length() <= bytesMax) {
      if (to.length() == to.capacity()) {
        to.require(
            (int) Math.min(bytesMax + 1L, to.length() + (long) READ_STEP_BYTES), bytesMax + 1);
      }
      int got = in.read(to.array(), to.length(), to.capacity() - to.length());
      if (got < 0) {
        return;
      }
      to.length(to.length() + got);
    }
  }

  private static SkaldException wireTooLarge(long bytes, int bytesMax) {
    return new SkaldException(
        ErrorKind.TOO_LARGE,
        "request body too large: message size too large than max (%d vs %d)",
        bytes,
        bytesMax);
  }

  static SkaldException inflatedTooLarge(long bytes, int bytesMax) {
    return new SkaldException(
        ErrorKind.TOO_LARGE,
        "request body too large: decompressed message size too large than max (%d vs %d)",
        bytes,
        bytesMax);
  }
}
