package dev.skald.storage.column;

import dev.skald.bytes.BitPacking;
import dev.skald.bytes.ByteReader;
import dev.skald.bytes.Corruption;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where the body of a column begins in a mapped file. The columns that are opened of it are valid as
 * long as the file is mapped.
 *
 * @param objectName of the file, for errors
 * @param offsetBytes where in the file the body begins
 * @param bytes from there to the end of its frame
 */
public record MappedBody(String objectName, long offsetBytes, MemorySegment bytes) {
  /** What begins so many bytes later. */
  public MappedBody after(int length) {
    return new MappedBody(
        objectName, offsetBytes + length, bytes.asSlice(checked(length, bytes.byteSize())));
  }

  /** The first bytes where they lie. */
  MemorySegment part(int length) {
    return bytes.asSlice(0, checked(length, bytes.byteSize()));
  }

  /** A copy of the first bytes. */
  ByteReader copy(int length) {
    byte[] copied = new byte[length + BitPacking.SLACK_BYTES];
    MemorySegment.copy(part(length), ValueLayout.JAVA_BYTE, 0, copied, 0, length);
    return new ByteReader(objectName, offsetBytes, copied, 0, length);
  }

  private int checked(int length, long most) {
    if (length > most) {
      throw Corruption.at(objectName, offsetBytes, "body of column", length + " bytes", most);
    }
    return length;
  }
}
