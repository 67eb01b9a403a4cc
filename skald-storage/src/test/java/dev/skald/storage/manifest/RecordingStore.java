package dev.skald.storage.manifest;

import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Remembers the names that were ever taken. */
record RecordingStore(ObjectStore below, Set<ObjectName> taken) implements ObjectStore {
  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    below.createIfAbsent(name, content);
    taken.add(name);
  }

  @Override
  public ObjectWriter create(ObjectName name) throws IOException {
    return below.create(name);
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    return below.open(name);
  }

  @Override
  public List<ObjectName> list(String folder) throws IOException {
    return below.list(folder);
  }

  @Override
  public void delete(ObjectName name) throws IOException {
    below.delete(name);
  }
}
