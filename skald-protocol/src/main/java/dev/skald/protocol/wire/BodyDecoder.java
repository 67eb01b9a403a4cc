package dev.skald.protocol.wire;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.snappy.SnappyFramedInputStream;
import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a body and undoes its content coding. Both sizes are counted as bytes come, never taken
 * from a header: a small body that declares or inflates to much costs no memory.
 */
public final class BodyDecoder {
  /** Arrays start no larger than this, whatever {@code Content-Length} says. */
  private static final int TRUSTED_BYTES_MAX = 1 << 20;

  private static final int READ_STEP_BYTES = 64 << 10;

  /** zstd frames with a window beyond 16 MiB are refused: the window is memory. */
  private static final int ZSTD_WINDOW_LOG_MAX = 24;

  private BodyDecoder() {}

  /**
   * Leaves the body in {@code buffers.current()}.
   *
   * @param declaredBytes the {@code Content-Length}, or -1
   * @param body read once, not closed
   * @throws SkaldException BAD_REQUEST if it cannot be decoded, TOO_LARGE beyond a limit,
   *     UNAVAILABLE if too much is in flight, CANCELLED if it cannot be read to its end
   */
  public static void read(
      ContentCoding coding,
      long declaredBytes,
      InputStream body,
      BodyLimits limits,
      BodyBuffers buffers) {
    readWire(declaredBytes, body, limits.wireBytesMax(), buffers.current());
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
      case SNAPPY_FRAMED -> {
        inflateSnappyFrames(buffers.current(), buffers.other(), bytesMax);
        buffers.swap();
      }
      case LZ4 -> {
        Lz4Frame.inflate(buffers.current(), buffers.other(), bytesMax);
        buffers.swap();
      }
      case ZSTD -> {
        if (!isZstd(buffers.current())) {
          throw ContentCoding.unsupported("zstd");
        }
        inflateZstd(buffers.current(), buffers.other(), bytesMax);
        buffers.swap();
      }
    }
  }

  private static void readWire(
      long declaredBytes, InputStream body, int bytesMax, GrowingBytes to) {
    if (declaredBytes > bytesMax) {
      throw wireTooLarge(declaredBytes, bytesMax);
    }
    to.length(0);
    to.require((int) Math.min(TRUSTED_BYTES_MAX, Math.max(0, declaredBytes) + 1));
    try {
      append(body, to, bytesMax);
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

  private static void inflateSnappyFrames(GrowingBytes from, GrowingBytes to, int bytesMax) {
    to.length(0);
    try (SnappyFramedInputStream in =
        new SnappyFramedInputStream(
            new SnappyJavaDecompressor(),
            new ByteArrayInputStream(from.array(), 0, from.length()))) {
      append(in, to, bytesMax);
    } catch (IOException | MalformedInputException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "snappy: " + e.getMessage(), e);
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
