package dev.skald.storage;

import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.manifest.Manifest;
import dev.skald.storage.manifest.ManifestStore;
import dev.skald.storage.removal.Deletions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on from what another server has written to the same bucket: its manifest becomes the current one, its segments are
 * served. That is how a server hands over to the next one while both run for a moment. For two that stay it is safe for
 * what is stored, but each sees the other's entries only when they are flushed, so it is said loudly each time.
 *
 * <p>Whoever commits to the manifest holds this object's monitor from there to where the commit is served.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  private final ManifestStore manifests;
  private final Versions versions;
  private final Deletions deletions;
  private final SegmentOpening opening;
  private final DamagedSegments damaged;
  private final AtomicLong takeovers = new AtomicLong();

  /** Number of the manifest that was spoken of last. */
  private long announced;

  /** Opens a live segment. */
  @FunctionalInterface
  interface SegmentOpening {
    /** Null if it is damaged; that is reported. */
    @Nullable OpenSegment open(LiveSegment live) throws IOException;
  }

  CatchUp(
      ManifestStore manifests,
      Versions versions,
      Deletions deletions,
      DamagedSegments damaged,
      SegmentOpening opening) {
    this.manifests = manifests;
    this.versions = versions;
    this.deletions = deletions;
    this.damaged = damaged;
    this.opening = opening;
  }

  /** Times that another server was found to have written. */
  long takeovers() {
    return takeovers.get();
  }

  /** Whether a commit has failed because of another server, and this has not run since. */
  boolean isDue() {
    return manifests.isOvertaken();
  }

  /** Loads what another server has committed; nothing if there is none. */
  synchronized void run() throws IOException {
    Deletions.Loaded requests =
        deletions.load(); // before the manifest: what is done there is gone here
    if (manifests.catchUp()) {
      Manifest manifest = manifests.current();
      announce(manifest);
      adopt(manifest);
    }
    deletions.take(requests);
  }

  /** Once, though it may take several tries to open its segments. */
  private void announce(Manifest manifest) {
    if (manifest.number() == announced) {
      return;
    }
    announced = manifest.number();
    takeovers.incrementAndGet();
    LOG.warn(
        "another server, writer {}, has written to this store: manifest {} is loaded; one store is"
            + " for one server at a time, stop the other if it still runs",
        "%016x".formatted(manifest.writer()),
        manifest.number());
  }

  private void adopt(Manifest manifest) throws IOException {
    Map<LiveSegment, OpenSegment> known = new HashMap<>();
    versions.current().segments().forEach(segment -> known.put(segment.live(), segment));
    List<OpenSegment> added = new ArrayList<>();
    List<OpenSegment> kept = new ArrayList<>();
    damaged.keepOnly(manifest.segments());
    boolean done = false;
    try {
      for (LiveSegment live : manifest.segments()) {
        OpenSegment old = known.get(live);
        OpenSegment open = old == null ? opening.open(live) : null;
        if (old != null) {
          kept.add(old);
        } else if (open != null) {
          damaged.remove(live);
          added.add(open);
        }
      }
      done = true;
    } finally {
      if (!done) {
        added.forEach(segment -> segment.reader().close());
        manifests.fallBehind(); // it is tried again
      }
    }
    kept.addAll(added);
    versions.replace(version -> StoreVersion.of(kept, version.generations()));
  }
}
