package dev.skald.storage;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.manifest.ManifestChange;
import dev.skald.storage.manifest.ManifestStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces segments by others, or by none: one commit, then a new version; the objects of the old
 * ones are deleted when their last reader has left, or swept at the next start. For one thread.
 */
final class SegmentSwap {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentSwap.class);

  private final ObjectStore objects;
  private final ManifestStore manifests;
  private final Versions versions;
  private final CatchUp catchUp;

  /** A commit whose outcome is not known; it must be repeated as it was. */
  private @Nullable Swap pending;

  private record Swap(List<OpenSegment> removed, List<OpenSegment> added, ManifestChange change) {}

  SegmentSwap(ObjectStore objects, ManifestStore manifests, Versions versions, CatchUp catchUp) {
    this.objects = objects;
    this.manifests = manifests;
    this.versions = versions;
    this.catchUp = catchUp;
  }

  /**
   * @param removed live ones
   * @param added durable; owned by the store from here on
   * @param rowsDropped rows of the removed ones that the added ones do not have
   * @throws IOException if the outcome is not known; it is repeated before anything else is done
   */
  void replace(List<OpenSegment> removed, List<OpenSegment> added, long rowsDropped)
      throws IOException {
    finish();
    Swap swap =
        new Swap(
            removed,
            added,
            ManifestChange.ofSegments(
                added.stream().map(OpenSegment::live).toList(),
                removed.stream().map(segment -> segment.live().summary().id()).toList(),
                rowsDropped));
    pending = swap;
    if (!manifests.fits(swap.change())) {
      close();
      throw new SkaldException(
          ErrorKind.UNAVAILABLE, "another server has replaced some of %s; planned anew", removed);
    }
    finish();
  }

  /** Repeats the last commit if its outcome is not known. */
  void finish() throws IOException {
    Swap swap = pending;
    if (swap == null) {
      return;
    }
    synchronized (catchUp) { // what is committed is served before another server's segments come
      commit(swap);
    }
  }

  private void commit(Swap swap) throws IOException {
    try {
      manifests.commit(swap.change());
    } catch (SkaldException e) {
      boolean canHappen = !manifests.isOvertaken() && manifests.fits(swap.change());
      if (e.kind() == ErrorKind.BUG || !canHappen) {
        close(); // it can never fit; to repeat it would stop everything else for ever
      }
      throw e;
    }
    pending = null;
    for (OpenSegment segment : swap.removed()) {
      ObjectName name = segment.live().summary().id().objectName();
      segment.retire(() -> delete(name));
    }
    versions.replace(version -> version.withReplaced(swap.removed(), swap.added()));
  }

  private void delete(ObjectName name) {
    try {
      objects.delete(name);
    } catch (IOException e) {
      LOG.warn("{} stays until the next start: {}", name, e.getMessage());
    }
  }

  /** Gives up what was never committed, as far as that is known. */
  void close() {
    if (pending != null) {
      pending.added().forEach(segment -> segment.reader().close());
      pending = null;
    }
  }
}
