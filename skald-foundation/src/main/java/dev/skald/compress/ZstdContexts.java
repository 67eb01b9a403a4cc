package dev.skald.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.skald.bytes.ByteReader;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard (RFC 8878) over byte arrays. Owns native contexts: one is taken for each call and put
 * back, a few stay, closing frees them. Safe for concurrent use.
 */
public final class ZstdContexts implements AutoCloseable {
  /** Compressing contexts kept for the next call; one takes 1 to 4 MiB at level 3. */
  private static final int IDLE_COMPRESSORS_MAX = 1;

  /** Decompressing contexts kept for the next call; one takes some 160 KiB. */
  private static final int IDLE_DECOMPRESSORS_MAX = 8;

  private final BlockingQueue<ZstdCompressCtx> compressors =
      new ArrayBlockingQueue<>(IDLE_COMPRESSORS_MAX);
  private final BlockingQueue<ZstdDecompressCtx> decompressors =
      new ArrayBlockingQueue<>(IDLE_DECOMPRESSORS_MAX);
  private volatile boolean closed;

  /** The most bytes that {@code length} bytes can take when compressed. */
  public static int boundBytes(int length) {
    long bound = Zstd.compressBound(length);
    if (bound > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException("too long to compress at once: " + length);
    }
    return (int) bound;
  }

  /**
   * Writes one frame, without a content checksum, to {@code target} from {@code targetStart} on.
   *
   * @param target has {@link #boundBytes} bytes of room
   * @return bytes written
   */
  public int compress(
      ZstdLevel level, byte[] source, int start, int length, byte[] target, int targetStart) {
    ZstdCompressCtx context = compressors.poll();
    if (context == null) {
      context = new ZstdCompressCtx();
    }
    boolean done = false;
    try {
      context.setLevel(level.level());
      context.setMinMatch(level.matchBytesMin());
      context.setWindowLog(level.windowLog());
      int written =
          context.compressByteArray(
              target, targetStart, target.length - targetStart, source, start, length);
      done = true;
      return written;
    } finally {
      release(context, done);
    }
  }

  private void release(ZstdCompressCtx context, boolean usable) {
    if (!usable || closed || !compressors.offer(context)) {
      context.close();
    } else if (closed) {
      drain();
    }
  }

  /**
   * Reads one frame of {@code length} bytes that holds exactly {@code contentBytes}.
   *
   * @return the content and {@code slackBytes} zeros after it; the caller's
   * @throws dev.skald.error.SkaldException CORRUPT if it is no such frame
   */
  public byte[] read(ByteReader in, int length, int contentBytes, int slackBytes) {
    int start = in.skip(length);
    long said = saidBytes(in.array(), start, length);
    if (said != contentBytes) { // before memory is taken for it
      throw in.corrupt("content of zstd frame", contentBytes + " bytes", said);
    }
    byte[] content = new byte[Math.addExact(contentBytes, slackBytes)];
    if (contentBytes == 0) {
      return content; // zstd-jni takes no empty target
    }
    String failure = decompress(in.array(), start, length, content, contentBytes);
    if (failure != null) {
      throw in.corrupt("zstd frame", contentBytes + " bytes", failure);
    }
    return content;
  }

  /** Bytes that the frame says it holds, or a negative number if it does not say or is no frame. */
  private static long saidBytes(byte[] source, int start, int length) {
    if (length == 0) {
      return -1; // zstd-jni takes no empty source
    }
    try {
      return Zstd.getFrameContentSize(source, start, length);
    } catch (ZstdException e) {
      return -1; // to be reported by the caller, who knows where the frame stands
    }
  }

  /** Fills the first {@code contentBytes} of {@code target}; returns null, or what went wrong. */
  private @Nullable String decompress(
      byte[] source, int start, int length, byte[] target, int contentBytes) {
    ZstdDecompressCtx context = decompressors.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    boolean done = false;
    try {
      int written = context.decompressByteArray(target, 0, contentBytes, source, start, length);
      done = true;
      return written == contentBytes ? null : written + " bytes";
    } catch (ZstdException e) {
      return String.valueOf(e.getMessage());
    } finally {
      if (!done || closed || !decompressors.offer(context)) {
        context.close();
      } else if (closed) {
        drain();
      }
    }
  }

  private void drain() {
    for (ZstdCompressCtx c = compressors.poll(); c != null; c = compressors.poll()) {
      c.close();
    }
    for (ZstdDecompressCtx d = decompressors.poll(); d != null; d = decompressors.poll()) {
      d.close();
    }
  }

  /** Frees the idle contexts; one in use is freed when its call ends. */
  @Override
  public void close() {
    closed = true;
    drain();
  }
}
