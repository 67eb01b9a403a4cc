package dev.skald.storage.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.clock.ManualClock;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.random.Randomness;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.segment.SegmentId;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SegmentSweepTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START_SECONDS = 1_700_000_000L;
  private static final long GRACE_SECONDS = 7_200;

  private final Randomness randomness = new Random(5)::nextLong;
  private final MemoryObjectStore objects = new MemoryObjectStore();
  private final ManualClock clock = new ManualClock(START_SECONDS * SECOND);

  private ManifestStore load() throws IOException {
    return ManifestStore.load(objects, randomness, 1);
  }

  private SegmentSweep sweep(ManifestStore manifests) {
    return new SegmentSweep(clock, objects, manifests, GRACE_SECONDS * SECOND);
  }

  private long write() {
    SegmentId id = SegmentId.fresh(clock, randomness);
    objects.put(id.objectName(), new byte[10]);
    return id.value();
  }

  private boolean isThere(long id) {
    return objects.list(SegmentId.FOLDER).contains(new SegmentId(id).objectName());
  }

  private void pass(long seconds) {
    clock.advanceNanos(seconds * SECOND);
  }

  @Test
  void onlyOldSegmentsThatNoManifestListsGo() throws IOException {
    ManifestStore manifests = load();
    long live = write();
    manifests.commit(ManifestRaceTest.flush(live, manifests));
    long orphan = write();
    pass(GRACE_SECONDS);
    long young = write();
    assertEquals(List.of(), sweep(manifests).run(), "as old as the grace is not older");
    assertEquals(1, manifests.current().number(), "nothing to do is no commit");
    pass(1);
    assertEquals(List.of(new SegmentId(orphan).objectName()), sweep(manifests).run());
    assertTrue(isThere(live) && isThere(young) && !isThere(orphan));
    assertEquals(START_SECONDS + 1, manifests.current().boundaryEpochSeconds());
    assertEquals(List.of(live), ids(load().current()));
  }

  private static List<Long> ids(Manifest manifest) {
    return manifest.segments().stream().map(s -> s.summary().id().value()).toList();
  }

  /** Whoever wrote before the boundary and commits after it is refused: its segment may be gone. */
  @Test
  void aSegmentOlderThanTheBoundaryIsNotAdded() throws IOException {
    ManifestStore slow = load();
    slow.commit(ManifestRaceTest.flush(write(), slow));
    long slept = write();
    ManifestStore cleaner = load();
    pass(GRACE_SECONDS + 1);
    sweep(cleaner).run();
    assertFalse(isThere(slept));
    ManifestChange change = ManifestRaceTest.flush(slept, slow);
    assertThrows(SkaldException.class, () -> slow.commit(change));
    ManifestStore again = load();
    ManifestChange repeated = ManifestRaceTest.flush(slept, again);
    assertTrue(again.isTooOld(repeated));
    SkaldException e = assertThrows(SkaldException.class, () -> again.commit(repeated));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("older than the boundary of clean-up"), e::getMessage);
    ManifestChange fresh = ManifestRaceTest.flush(write(), again);
    assertFalse(again.isTooOld(fresh));
    again.commit(fresh);
  }

  @Test
  void whatAnOlderManifestListsStaysAsLongAsThatIsKept() throws IOException {
    ManifestStore manifests = load();
    long merged = write();
    manifests.commit(ManifestRaceTest.flush(merged, manifests));
    manifests.commit(
        new ManifestChange(
            List.of(ManifestRaceTest.segment(write(), 0)),
            List.of(new SegmentId(merged)),
            0,
            0,
            0));
    pass(2 * GRACE_SECONDS);
    assertEquals(List.of(), sweep(manifests).run());
    for (int i = 0; i < ManifestStore.OLD_MANIFESTS_KEPT; i++) {
      assertTrue(isThere(merged));
      manifests.commit(ManifestRaceTest.flush(write(), manifests));
    }
    assertEquals(List.of(new SegmentId(merged).objectName()), sweep(manifests).run());
  }

  @Test
  void nothingGoesIfAKeptManifestCannotBeRead() throws IOException {
    ManifestStore manifests = load();
    manifests.commit(ManifestRaceTest.flush(write(), manifests));
    manifests.commit(ManifestRaceTest.flush(write(), manifests));
    long orphan = write();
    objects.bytes(ManifestCodec.name(1))[30] ^= 1;
    pass(2 * GRACE_SECONDS);
    assertThrows(SkaldException.class, () -> sweep(manifests).run());
    assertTrue(isThere(orphan));
  }
}
