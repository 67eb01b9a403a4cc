package dev.skald.storage.object;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory, for tests; its objects can be damaged. */
public final class MemoryObjectStore implements ObjectStore {
  private final Map<ObjectName, byte[]> objects = new ConcurrentSkipListMap<>();

  /** The object's own bytes: changing them damages it. */
  public byte[] bytes(ObjectName name) {
    return Objects.requireNonNull(objects.get(name), name.path());
  }

  /** Puts an object there, in place of what had the name. */
  public void put(ObjectName name, byte[] bytes) {
    objects.put(name, bytes);
  }

  @Override
  public ObjectWriter create(ObjectName name) {
    return new Writer(name);
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    try (ObjectWriter writer = create(name)) {
      writer.write(content.duplicate());
      writer.complete();
    }
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    byte[] bytes = objects.get(name);
    if (bytes == null) {
      throw new NoSuchFileException(name.path());
    }
    return new Reader(name, bytes);
  }

  @Override
  public List<ObjectName> list(String folder) {
    return objects.keySet().stream().filter(name -> name.folder().equals(folder)).toList();
  }

  @Override
  public void delete(ObjectName name) {
    objects.remove(name);
  }

  private final class Writer implements ObjectWriter {
    private final ObjectName name;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean closed;

    Writer(ObjectName name) {
      this.name = name;
    }

    @Override
    public void write(ByteBuffer source) {
      checkOpen();
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      written.writeBytes(bytes);
    }

    @Override
    public long positionBytes() {
      return written.size();
    }

    @Override
    public void complete() throws IOException {
      checkOpen();
      closed = true;
      if (objects.putIfAbsent(name, written.toByteArray()) != null) {
        throw new FileAlreadyExistsException(name.path());
      }
    }

    private void checkOpen() {
      if (closed) {
        throw new IllegalStateException(name + " is closed or complete");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Reader(ObjectName name, byte[] bytes) implements ObjectReader {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public void read(long offsetBytes, ByteBuffer target) throws IOException {
      if (offsetBytes + target.remaining() > bytes.length) {
        throw new EOFException(name + ": ends before offset " + offsetBytes);
      }
      target.put(bytes, (int) offsetBytes, target.remaining());
    }

    @Override
    public MemorySegment map(Arena arena) {
      MemorySegment copy = arena.allocate(bytes.length);
      return copy.copyFrom(MemorySegment.ofArray(bytes)).asReadOnly();
    }

    @Override
    public void close() {}
  }
}
