package dev.skald.objectstore.s3;

import dev.skald.storage.object.ObjectName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts who reads what, so that an object is deleted when nobody does. Safe for concurrent use. */
final class OpenObjects {
  // Guarded by this.
  private final Map<ObjectName, Integer> readers = new HashMap<>();
  private final Set<ObjectName> doomed = new HashSet<>();

  /** One reader more; false if the object is deleted for everybody who comes now. */
  synchronized boolean enter(ObjectName name) {
    if (doomed.contains(name)) {
      return false;
    }
    readers.merge(name, 1, Integer::sum);
    return true;
  }

  /** One reader less; true if the caller is to delete the object now. */
  synchronized boolean leave(ObjectName name) {
    int left = readers.merge(name, -1, Integer::sum);
    if (left > 0) {
      return false;
    }
    readers.remove(name);
    return doomed.remove(name);
  }

  /** True if somebody reads: the last reader deletes the object then. */
  synchronized boolean doom(ObjectName name) {
    if (!readers.containsKey(name)) {
      return false;
    }
    doomed.add(name);
    return true;
  }

  synchronized boolean isDoomed(ObjectName name) {
    return doomed.contains(name);
  }
}
