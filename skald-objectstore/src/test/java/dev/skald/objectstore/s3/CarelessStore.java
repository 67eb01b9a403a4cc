package dev.skald.objectstore.s3;

import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Overwrites what has the name, as services do that ignore conditions. */
final class CarelessStore implements ObjectStore {
  private final MemoryObjectStore below = new MemoryObjectStore();

  @Override
  public ObjectWriter create(ObjectName name) {
    return below.create(name);
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    below.put(name, bytes);
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    return below.open(name);
  }

  @Override
  public List<ObjectName> list(String folder) {
    return below.list(folder);
  }

  @Override
  public void delete(ObjectName name) {
    below.delete(name);
  }
}
