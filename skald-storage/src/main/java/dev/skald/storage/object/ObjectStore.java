package dev.skald.storage.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Immutable objects by name: a directory, or a bucket. A name is made once; its object is visible
 * wholly or not at all, never changes, and survives every crash from the moment its creation has
 * returned.
 *
 * <p>Every method throws {@link IOException} with the name in its message; a full disk is {@link
 * dev.skald.disk.DiskFullException}. After an exception from a creation the object may or may not
 * be there; creating it again tells: it either succeeds or finds the name taken, and then what is
 * there is durable. Safe for concurrent use.
 */
public interface ObjectStore {
  /**
   * Starts a new object; nothing is visible before {@link ObjectWriter#complete}. The caller closes
   * the writer, which forgets an object that was not completed.
   */
  ObjectWriter create(ObjectName name) throws IOException;

  /**
   * Creates a small object in one step unless the name is taken.
   *
   * @param content its remaining bytes are the object; the position is left as it was
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken; the object there is
   *     durable
   */
  void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException;

  /**
   * Opens an object to read; the caller closes it. What is deleted while open stays readable until
   * closed.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  ObjectReader open(ObjectName name) throws IOException;

  /** Complete objects in a folder, sorted by name; empty if the folder is absent. */
  List<ObjectName> list(String folder) throws IOException;

  /** Deletes an object, durably; an absent one is no error. */
  void delete(ObjectName name) throws IOException;

  /**
   * The whole object; meant for small ones. {@link java.nio.file.NoSuchFileException} if there is
   * none.
   */
  default byte[] readAll(ObjectName name) throws IOException {
    try (ObjectReader reader = open(name)) {
      long sizeBytes = reader.sizeBytes();
      if (sizeBytes > Integer.MAX_VALUE - 16) {
        throw new IOException(name + ": too large to read at once: " + sizeBytes + " bytes");
      }
      byte[] content = new byte[(int) sizeBytes];
      reader.read(0, ByteBuffer.wrap(content));
      return content;
    }
  }
}
