package dev.skald.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file being written from start to end; for one thread. Closing does not sync. */
public interface WritableFile extends Closeable {
  /** Appends all remaining bytes of {@code source}. After an exception the tail of the file is undefined. */
  void write(ByteBuffer source) throws IOException;

  /** Bytes written so far. */
  long positionBytes();

  /**
   * Returns when every byte written so far is on disk. After a failure the file must not be synced or
   * written again: the system may have dropped the bytes and forgotten the error.
   */
  void sync() throws IOException;
}
