package dev.skald.storage.manifest;

import dev.skald.clock.EpochClock;
import dev.skald.error.SkaldException;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes segments that nobody needs, in a store that others may write to at the same time.
 *
 * <p>A segment that no manifest lists may be one that somebody just wrote and is about to commit. So
 * a boundary is committed first: from then on no manifest can add a segment whose id says an earlier
 * second. What is older than the boundary and listed by none of the kept manifests is needed by
 * nobody then and ever. A clock that is wrong makes a writer write again; it loses nothing.
 */
public final class SegmentSweep {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final EpochClock clock;
  private final ObjectStore objects;
  private final ManifestStore manifests;
  private final long graceNanos;

  /**
   * @param graceNanos how old a segment must be: longer than it takes to write one and commit it
   */
  public SegmentSweep(
      EpochClock clock, ObjectStore objects, ManifestStore manifests, long graceNanos) {
    if (graceNanos < 0) {
      throw new IllegalArgumentException("grace " + graceNanos);
    }
    this.clock = clock;
    this.objects = objects;
    this.manifests = manifests;
    this.graceNanos = graceNanos;
  }

  /**
   * One round. Deletes nothing if a kept manifest cannot be read: what it lists is not known.
   *
   * @return what was deleted
   * @throws SkaldException UNAVAILABLE if another writer committed meanwhile
   */
  public List<ObjectName> run() throws IOException {
    long boundary =
        Math.max(0, Math.floorDiv(clock.nowEpochNanos() - graceNanos, NANOS_PER_SECOND));
    List<SegmentId> old = new ArrayList<>();
    for (ObjectName name : objects.list(SegmentId.FOLDER)) {
      SegmentId id = SegmentId.ofName(name);
      if (id != null && id.epochSeconds() < boundary) {
        old.add(id);
      }
    }
    old.removeAll(listedByAny());
    if (old.isEmpty()) {
      return List.of();
    }
    manifests.raiseBoundary(boundary);
    Set<SegmentId> listed = listedByAny(); // with what was committed before the boundary was
    List<ObjectName> deleted = new ArrayList<>();
    for (SegmentId id : old) {
      if (!listed.contains(id)) {
        objects.delete(id.objectName());
        deleted.add(id.objectName());
      }
    }
    return deleted;
  }

  /** Segments of the current manifest and of the older ones that are kept. */
  private Set<SegmentId> listedByAny() throws IOException {
    Set<SegmentId> listed = new HashSet<>();
    addTo(listed, manifests.current());
    for (ObjectName name : objects.list(ManifestStore.FOLDER)) {
      if (ManifestCodec.number(name) > 0) {
        try {
          addTo(listed, LoadedManifest.read(objects, name));
        } catch (NoSuchFileException e) {
          // too old to be kept, and deleted just now
        }
      }
    }
    return listed;
  }

  private static void addTo(Set<SegmentId> listed, Manifest manifest) {
    manifest.segments().forEach(segment -> listed.add(segment.summary().id()));
  }
}
