package dev.skald.storage.shape;

import dev.skald.bytes.ByteReader;
import dev.skald.storage.column.MappedBody;
import org.jspecify.annotations.Nullable;

/** Where a page's frames come from. */
@FunctionalInterface
public interface Frames {
  /**
   * Reads and checks the stored bytes of a frame.
   *
   * @throws dev.skald.error.SkaldException CORRUPT, or UNAVAILABLE
   */
  ByteReader read(int frame);

  /**
   * The stored bytes of a frame where they lie in a mapped file, checked; null if they are in none.
   *
   * @throws dev.skald.error.SkaldException CORRUPT, or UNAVAILABLE
   */
  default @Nullable MappedBody map(int frame) {
    return null;
  }
}
