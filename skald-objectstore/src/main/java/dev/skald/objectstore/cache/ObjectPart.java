package dev.skald.objectstore.cache;

import dev.skald.storage.object.ObjectName;

/**
 * A part of an object.
 *
 * @param index which part: parts are {@link CachedObjectStore#PART_BYTES} long, the last one of an
 *     object may be shorter
 */
public record ObjectPart(ObjectName name, long index) {
  /** {@code name-index}: a name of a file, and part of a key. */
  String text() {
    return name.name() + "-" + Long.toHexString(index);
  }
}
