package dev.skald.storage.object;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An object open for reading; safe for concurrent use. */
public interface ObjectReader extends Closeable {
  long sizeBytes() throws IOException;

  /**
   * Fills {@code target} from {@code offsetBytes} on.
   *
   * @throws java.io.EOFException if the object ends before {@code target} is full
   */
  void read(long offsetBytes, ByteBuffer target) throws IOException;

  /**
   * The whole object, read-only, for as long as {@code arena} lives; null if it cannot be mapped into
   * memory: not every store has its objects in files.
   */
  default @Nullable MemorySegment map(Arena arena) throws IOException {
    return null;
  }
}
