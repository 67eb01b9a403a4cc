package dev.skald.objectstore.cache;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of {@link ObjectPart}s, kept as long as there is room. Never fails: what cannot be had is not
 * there, what cannot be kept is not kept. Safe for concurrent use.
 */
public interface PartCache extends AutoCloseable {
  /** The bytes as they were put, owned by the caller; null if they are not there. */
  byte @Nullable [] get(ObjectPart part);

  /**
   * @param bytes read until this returns
   */
  void put(ObjectPart part, byte[] bytes);

  /** Closing twice is harmless. */
  @Override
  void close();

  /** A near cache before a far one. */
  static PartCache layered(PartCache near, PartCache far) {
    return new LayeredPartCache(near, far);
  }
}
