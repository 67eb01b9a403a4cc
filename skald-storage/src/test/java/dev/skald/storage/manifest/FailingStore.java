package dev.skald.storage.manifest;

import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectReader;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Fails once, before or after it creates an object; each creation counts as two steps. */
final class FailingStore implements ObjectStore {
  private final ObjectStore below;
  private final int failAt;
  private int steps;

  FailingStore(ObjectStore below, int failAt) {
    this.below = below;
    this.failAt = failAt;
  }

  private void step() throws IOException {
    if (++steps == failAt) {
      throw new IOException("fails at step " + steps);
    }
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    step();
    below.createIfAbsent(name, content);
    step();
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
