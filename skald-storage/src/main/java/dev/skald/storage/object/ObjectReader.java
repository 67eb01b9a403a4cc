package dev.skald.storage.object;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An object open for reading; safe for concurrent use. */
public interface ObjectReader extends Closeable {
  long sizeBytes() throws IOException;

  /**
   * Fills {@code target} from {@code offsetBytes} on.
   *
   * @throws java.io.EOFException if the object ends before {@code target} is full
   */
  void read(long offsetBytes, ByteBuffer target) throws IOException;
}
