package dev.skald.storage.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A store that a test can cut off. */
public final class SwitchedObjectStore implements ObjectStore {
  private final ObjectStore below;
  private volatile boolean reachable = true;

  public SwitchedObjectStore(ObjectStore below) {
    this.below = below;
  }

  public void cutOff() {
    reachable = false;
  }

  public void mend() {
    reachable = true;
  }

  private ObjectStore below() throws IOException {
    if (!reachable) {
      throw new IOException("the object store cannot be reached");
    }
    return below;
  }

  @Override
  public void createIfAbsent(ObjectName name, ByteBuffer content) throws IOException {
    below().createIfAbsent(name, content);
  }

  @Override
  public ObjectWriter create(ObjectName name) throws IOException {
    return below().create(name);
  }

  @Override
  public ObjectReader open(ObjectName name) throws IOException {
    return below().open(name);
  }

  @Override
  public List<ObjectName> list(String folder) throws IOException {
    return below().list(folder);
  }

  @Override
  public void delete(ObjectName name) throws IOException {
    below().delete(name);
  }
}
