package dev.skald.disk;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A {@link ReadableFile} over a channel. The JDK closes a file channel when a thread is interrupted
 * while it reads; that would end the file for every other reader, so the channel is opened again
 * for them and only the interrupted thread fails.
 */
final class ChannelReader implements ReadableFile {
  private final String path;
  private final Path file;
  private final Object lock = new Object();
  private volatile FileChannel channel;
  private volatile boolean closed;

  ChannelReader(String path, Path file) throws IOException {
    this.path = path;
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public long sizeBytes() throws IOException {
    return call(FileChannel::size);
  }

  @Override
  public void read(long offsetBytes, ByteBuffer target) throws IOException {
    int start = target.position();
    call(
        open -> {
          target.position(start);
          readFully(open, offsetBytes, target);
          return 0L;
        });
  }

  private void readFully(FileChannel open, long offsetBytes, ByteBuffer target) throws IOException {
    int limit = target.limit();
    long at = offsetBytes;
    try {
      while (target.position() < limit) {
        target.limit(Math.min(limit, target.position() + ChannelWriter.SLICE_BYTES_MAX));
        int read = open.read(target, at);
        if (read < 0) {
          throw new EOFException(path + ": ends before offset " + (at + limit - target.position()));
        }
        at += read;
      }
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public MemorySegment map(Arena arena) throws IOException {
    return call(open -> open.map(FileChannel.MapMode.READ_ONLY, 0, open.size(), arena));
  }

  @FunctionalInterface
  private interface Call<T> {
    T on(FileChannel open) throws IOException;
  }

  private <T> T call(Call<T> call) throws IOException {
    while (true) {
      FileChannel open = channel;
      try {
        return call.on(open);
      } catch (ClosedChannelException e) {
        if (closed || Thread.currentThread().isInterrupted()) {
          throw FileDisk.named(path, e);
        }
        reopen(open);
      } catch (EOFException e) {
        throw e;
      } catch (IOException e) {
        throw FileDisk.named(path, e);
      }
    }
  }

  private void reopen(FileChannel broken) throws IOException {
    synchronized (lock) {
      if (channel == broken && !closed) {
        channel = FileChannel.open(file, StandardOpenOption.READ);
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (lock) {
      closed = true;
      channel.close();
    }
  }
}
