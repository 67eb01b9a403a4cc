package dev.skald.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A {@link WritableFile} over a channel. */
final class ChannelWriter implements WritableFile {
  /**
   * Bytes handed to the channel at once. The JDK copies a heap buffer into a direct one of the same
   * size and keeps that per thread, so a slice bounds what is kept.
   */
  static final int SLICE_BYTES_MAX = 256 << 10;

  private final String path;
  private final FileChannel channel;
  private long positionBytes;

  ChannelWriter(String path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    int limit = source.limit();
    try {
      while (source.position() < limit) {
        source.limit(Math.min(limit, source.position() + SLICE_BYTES_MAX));
        positionBytes += channel.write(source);
      }
    } catch (IOException e) {
      throw FileDisk.named(path, e);
    } finally {
      source.limit(limit);
    }
  }

  @Override
  public long positionBytes() {
    return positionBytes;
  }

  @Override
  public void sync() throws IOException {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw FileDisk.named(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileDisk.named(path, e);
    }
  }
}
