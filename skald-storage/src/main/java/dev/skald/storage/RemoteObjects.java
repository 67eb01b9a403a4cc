package dev.skald.storage;

import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentId;

/**
 * Where segments and manifests are, if not in the store's own folder: in a place that others reach
 * too.
 *
 * @param store borrowed; outlives the log store
 * @param orphanGraceNanos a segment that no manifest lists is deleted when it is older than this:
 *     longer than anybody takes from writing a segment to committing it
 */
public record RemoteObjects(ObjectStore store, long orphanGraceNanos) {
  /** Folder of the objects that queries read parts of. */
  public static final String SEGMENT_FOLDER = SegmentId.FOLDER;

  public RemoteObjects {
    if (orphanGraceNanos < 0) {
      throw new IllegalArgumentException("grace " + orphanGraceNanos);
    }
  }
}
