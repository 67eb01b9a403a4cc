package dev.skald.benchmarks;

import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Takes objects and keeps none, so that what makes them is measured alone. */
final class ForgetfulObjects implements ObjectStore {
  @Override
  public ObjectWriter create(ObjectName name) {
    return new Writer();
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) {}

  @Override
  public ObjectReader open(ObjectName name) throws NoSuchFileException {
    throw new NoSuchFileException(name.path());
  }

  @Override
  public List<ObjectName> list(String folder) {
    return List.of();
  }

  @Override
  public void delete(ObjectName name) {}

  private static final class Writer implements ObjectWriter {
    private long positionBytes;

    @Override
    public void write(ByteBuffer source) {
      positionBytes += source.remaining();
      source.position(source.limit());
    }

    @Override
    public long positionBytes() {
      return positionBytes;
    }

    @Override
    public void complete() {}

    @Override
    public void close() {}
  }
}
