package dev.skald.objectstore.cache;

import org.jspecify.annotations.Nullable;

/** Asks the near cache, then the far one; what is found far is kept near. */
final class LayeredPartCache implements PartCache {
  private final PartCache near;
  private final PartCache far;

  LayeredPartCache(PartCache near, PartCache far) {
    this.near = near;
    this.far = far;
  }

  @Override
  public byte @Nullable [] get(ObjectPart part) {
    byte[] bytes = near.get(part);
    if (bytes == null) {
      bytes = far.get(part);
      if (bytes != null) {
        near.put(part, bytes);
      }
    }
    return bytes;
  }

  @Override
  public void put(ObjectPart part, byte[] bytes) {
    near.put(part, bytes);
    far.put(part, bytes);
  }

  @Override
  public void close() {
    try (near) {
      far.close();
    }
  }
}
