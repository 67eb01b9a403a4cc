package dev.skald.disk;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A file open for reading; safe for concurrent use. */
public interface ReadableFile extends Closeable {
  long sizeBytes() throws IOException;

  /**
   * Fills {@code target} from {@code offsetBytes} on.
   *
   * @throws java.io.EOFException if the file ends before {@code target} is full
   */
  void read(long offsetBytes, ByteBuffer target) throws IOException;

  /** The whole file, read-only, for as long as {@code arena} lives; the file may be closed before. */
  MemorySegment map(Arena arena) throws IOException;
}
