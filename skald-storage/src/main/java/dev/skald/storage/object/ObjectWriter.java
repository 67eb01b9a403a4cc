package dev.skald.storage.object;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An object being written from start to end; for one thread. Closing before {@link #complete}
 * forgets it.
 */
public interface ObjectWriter extends Closeable {
  /**
   * Appends all remaining bytes of {@code source}. After an exception the object cannot be
   * completed.
   */
  void write(ByteBuffer source) throws IOException;

  /** Bytes written so far. */
  long positionBytes();

  /**
   * Makes the object visible and durable under its name; nothing can be written afterwards.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  void complete() throws IOException;
}
