package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;

/** Where a page's frames come from. */
@FunctionalInterface
public interface Frames {
  /**
   * Reads and checks the stored bytes of a frame.
   *
   * @throws dev.skald.error.SkaldException CORRUPT, or UNAVAILABLE
   */
  ByteReader read(int frame);
}
