package dev.skald.storage.manifest;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.disk.FaultyDisk;
import dev.skald.disk.MemoryDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.object.LocalObjectStore;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestStoreTest {
  private final Randomness randomness = new Random(1)::nextLong;
  private final MemoryObjectStore objects = new MemoryObjectStore();

  private ManifestStore load() throws IOException {
    return ManifestStore.load(objects, randomness);
  }

  private static LiveSegment segment(long id, long rows, long order) {
    SegmentSummary summary =
        new SegmentSummary(
            new SegmentId(id),
            new TenantId("acme"),
            20_000,
            rows,
            rows * 100,
            0,
            1,
            1,
            1_000,
            2_000,
            500,
            0xcafe);
    return new LiveSegment(summary, 0, order);
  }

  private static ManifestChange flush(long id, long rows, long order, long walFileFirst) {
    return new ManifestChange(List.of(segment(id, rows, order)), List.of(), walFileFirst, rows, 0);
  }

  private static List<Long> ids(Manifest manifest) {
    return manifest.segments().stream().map(s -> s.summary().id().value()).toList();
  }

  @Test
  void anEmptyStoreHasTheEmptyManifest() throws IOException {
    assertEquals(Manifest.EMPTY, load().current());
  }

  @Test
  void aCommitIsThereAfterLoading() throws IOException {
    ManifestStore store = load();
    store.commit(flush(1, 10, 0, 2));
    Manifest second = store.commit(flush(2, 20, store.current().nextOrder(), 3));
    assertEquals(2, second.number());
    assertEquals(1, second.previousNumber());
    assertEquals(3, second.walFileFirst());
    assertEquals(List.of(1L, 2L), ids(second));
    assertEquals(30, second.rowCount());
    assertEquals(second, load().current());
  }

  @Test
  void aMergeTakesThePlaceOfItsSegments() throws IOException {
    ManifestStore store = load();
    for (int i = 1; i <= 3; i++) {
      store.commit(flush(i, 10, store.current().nextOrder(), i));
    }
    Manifest merged =
        store.commit(
            new ManifestChange(
                List.of(segment(9, 18, 0)), List.of(new SegmentId(1), new SegmentId(2)), 3, 0, 2));
    assertEquals(List.of(9L, 3L), ids(merged));
  }

  /** A change that must be refused, and why. */
  record Refused(String name, ManifestChange change, String why) {}

  @Test
  void aChangeThatDoesNotAddUpIsRefused() throws IOException {
    ManifestStore store = load();
    store.commit(flush(1, 10, 0, 5));
    long next = store.current().nextOrder();
    List<Refused> cases =
        List.of(
            new Refused(
                "row lost",
                new ManifestChange(List.of(segment(2, 9, next)), List.of(), 5, 10, 0),
                "rows do not add up: from wal 10, removed 0, added 9, dropped 0"),
            new Refused(
                "row invented",
                new ManifestChange(
                    List.of(segment(2, 11, next)), List.of(new SegmentId(1)), 5, 0, 0),
                "rows do not add up: from wal 0, removed 10, added 11, dropped 0"),
            new Refused(
                "removed twice or never there",
                new ManifestChange(List.of(), List.of(new SegmentId(7)), 5, 0, 0),
                "not live"),
            new Refused("added twice", flush(1, 10, next, 5), "twice"),
            new Refused("wal goes back", flush(2, 10, next, 4), "from file 5 to 4"));
    for (Refused refused : cases) {
      SkaldException e =
          assertThrows(SkaldException.class, () -> store.commit(refused.change()), refused.name());
      assertEquals(ErrorKind.BUG, e.kind());
      assertTrue(e.getMessage().contains(refused.why()), e.getMessage());
    }
    assertEquals(1, load().current().number());
  }

  @Test
  void ofTwoWritersOneWinsAndTheOtherIsTold() throws IOException {
    ManifestStore one = load();
    ManifestStore other = load();
    one.commit(flush(1, 10, 0, 0));
    SkaldException e = assertThrows(SkaldException.class, () -> other.commit(flush(2, 10, 0, 0)));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    assertEquals(List.of(1L), ids(load().current()));
  }

  @Test
  void aFewOldManifestsAreKept() throws IOException {
    ManifestStore store = load();
    for (int i = 1; i <= 20; i++) {
      store.commit(flush(i, 1, store.current().nextOrder(), 0));
    }
    assertEquals(ManifestStore.OLD_MANIFESTS_KEPT + 1, objects.list(ManifestStore.FOLDER).size());
    assertEquals(
        List.of(ManifestCopies.name(19), ManifestCopies.name(20)), ManifestCopies.list(objects));
    assertEquals(20, load().current().segments().size());
    assertEquals(0, store.deleteFailures());
  }

  @Test
  void everyFlippedBitAndEveryCutIsNoticed() throws IOException {
    ManifestStore store = load();
    store.commit(flush(1, 10, 0, 0));
    store.commit(flush(2, 10, store.current().nextOrder(), 1));
    ObjectName newest = ManifestCodec.name(2);
    byte[] good = objects.readAll(newest);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertTakesTheCopy(newest, bad);
    }
    for (int length = 0; length < good.length; length++) {
      assertTakesTheCopy(newest, Arrays.copyOf(good, length));
    }
    assertTakesTheCopy(newest, Arrays.copyOf(good, good.length + 1));
  }

  private void assertTakesTheCopy(ObjectName newest, byte[] bad) throws IOException {
    objects.put(newest, bad);
    ManifestStore loaded = load();
    assertEquals(List.of(1L, 2L), ids(loaded.current()));
    assertEquals(List.of(), loaded.broken());
    assertEquals(1, loaded.mended().size());
    String message = loaded.mended().getFirst().damage();
    assertTrue(message.startsWith(newest.path() + ": corrupt at byte "), message);
  }

  @Test
  void anOlderManifestCountsIfTheCopyIsBrokenToo() throws IOException {
    ManifestStore store = load();
    store.commit(flush(1, 10, 0, 0));
    store.commit(flush(2, 10, store.current().nextOrder(), 1));
    objects.bytes(ManifestCodec.name(2))[30] ^= 1;
    objects.bytes(ManifestCopies.name(2))[31] ^= 1;
    ManifestStore loaded = load();
    assertEquals(List.of(1L), ids(loaded.current()));
    assertEquals(
        List.of(ManifestCodec.name(2), ManifestCopies.name(2)),
        loaded.broken().stream().map(BrokenManifest::name).toList());
  }

  @Test
  void aManifestThatIsGoneIsInItsCopy() throws IOException {
    ManifestStore store = load();
    store.commit(flush(1, 10, 0, 0));
    store.commit(flush(2, 10, store.current().nextOrder(), 1));
    objects.delete(ManifestCodec.name(2));
    ManifestStore loaded = load();
    assertEquals(List.of(1L, 2L), ids(loaded.current()));
    assertEquals(1, loaded.mended().size());
    assertEquals(3, loaded.commit(flush(3, 1, loaded.current().nextOrder(), 1)).number());
  }

  @Test
  void aCopyThatIsMissingOrBrokenIsMadeAnew() throws IOException {
    load().commit(flush(1, 10, 0, 0));
    byte[] good = objects.readAll(ManifestCodec.name(1)).clone();
    objects.delete(ManifestCopies.name(1));
    load();
    assertArrayEquals(good, objects.readAll(ManifestCopies.name(1)));
    objects.bytes(ManifestCopies.name(1))[30] ^= 1;
    assertEquals(List.of(), load().mended());
    assertArrayEquals(good, objects.readAll(ManifestCopies.name(1)));
  }

  @Test
  void aCommitWhoseCopyCannotBeMadeIsDone() throws IOException {
    ManifestStore manifests = ManifestStore.load(new FailingStore(objects, 3), randomness);
    manifests.commit(flush(1, 10, 0, 0));
    assertEquals(1, manifests.copyFailures());
    assertEquals(List.of(), ManifestCopies.list(objects));
    manifests.commit(flush(2, 10, manifests.current().nextOrder(), 0));
    assertEquals(List.of(ManifestCopies.name(2)), ManifestCopies.list(objects));
    assertEquals(2, load().current().number());
  }

  @Test
  void theNumberOfABrokenManifestIsNotUsedAgain() throws IOException {
    ManifestStore store = load();
    store.commit(flush(1, 10, 0, 0));
    store.commit(flush(2, 10, store.current().nextOrder(), 0));
    objects.bytes(ManifestCodec.name(2))[30] ^= 1;
    objects.bytes(ManifestCopies.name(2))[30] ^= 1;
    ManifestStore loaded = load();
    Manifest next = loaded.commit(flush(3, 10, loaded.current().nextOrder(), 0));
    assertEquals(3, next.number());
    assertEquals(1, next.previousNumber());
    assertEquals(List.of(1L, 3L), ids(load().current()));
  }

  @Test
  void noReadableManifestAmongSomeIsCorruptNotEmpty() throws IOException {
    load().commit(flush(1, 10, 0, 0));
    objects.bytes(ManifestCodec.name(1))[30] ^= 1;
    objects.bytes(ManifestCopies.name(1))[30] ^= 1;
    assertEquals(ErrorKind.CORRUPT, assertThrows(SkaldException.class, this::load).kind());
  }

  @Test
  void strangersInTheFolderAreNoManifests() throws IOException {
    load().commit(flush(1, 10, 0, 0));
    objects.put(new ObjectName(ManifestStore.FOLDER, "zzz"), new byte[10]);
    assertEquals(1, load().current().number());
    assertEquals(List.of(), load().broken());
  }

  @Test
  void randomManifestsComeBack() {
    forAll(
        300,
        random -> {
          List<LiveSegment> segments = new ArrayList<>();
          long order = 0;
          for (int i = random.nextInt(5); i > 0; i--) {
            order += 1 + random.nextLong(1L << 40);
            segments.add(randomSegment(random, order));
          }
          boolean first = random.nextBoolean();
          Manifest manifest =
              new Manifest(
                  2 + random.nextLong(1000),
                  random.nextLong(),
                  first ? 0 : 1,
                  first ? "" : ManifestCodec.hash(new byte[] {(byte) random.nextInt()}),
                  random.nextLong(),
                  random.nextLong(1L << 40),
                  random.nextLong(Long.MAX_VALUE),
                  segments);
          ObjectName name = ManifestCodec.name(manifest.number());
          assertEquals(manifest, ManifestCodec.decode(name, ManifestCodec.encode(manifest)));
        });
  }

  private static LiveSegment randomSegment(Random random, long order) {
    long min = random.nextLong();
    return new LiveSegment(
        new SegmentSummary(
            new SegmentId(random.nextLong()),
            new TenantId("tenant-" + random.nextInt(3)),
            random.nextInt(),
            1 + random.nextLong(1L << 50),
            random.nextLong(1L << 50),
            random.nextLong(1L << 50),
            1 + random.nextInt(1 << 30),
            1 + random.nextInt(1 << 20),
            min,
            Math.max(min, random.nextLong()),
            random.nextLong(1L << 50),
            random.nextInt()),
        random.nextInt(5),
        order);
  }

  /**
   * Stops the machine at every step of some commits; what was committed is there, and nothing else
   * but the next.
   */
  @Test
  void whatWasCommittedSurvivesEveryCrash() throws IOException {
    for (int step = 1; ; step++) {
      for (int seed = 0; seed < 6; seed++) {
        FaultyDisk disk = FaultyDisk.over(new MemoryDisk(), new Random(seed)).crashAt(step);
        long committed = commitUntilCrash(disk);
        if (!disk.hasCrashed()) {
          assertTrue(step > 50, "the workload has " + step + " steps");
          return;
        }
        ObjectStore after = LocalObjectStore.open(disk.restart(), new Random(9)::nextLong, "o");
        ManifestStore loaded = ManifestStore.load(after, randomness);
        long number = loaded.current().number();
        String where = "crash at step " + step + ", seed " + seed + ": number " + number;
        assertTrue(number == committed || number == committed + 1, where);
        assertEquals(number, loaded.current().rowCount(), where);
        assertEquals(List.of(), loaded.broken(), where);
      }
    }
  }

  private long commitUntilCrash(FaultyDisk disk) {
    long committed = 0;
    try {
      ObjectStore store = LocalObjectStore.open(disk, new Random(7)::nextLong, "o");
      ManifestStore manifests = ManifestStore.load(store, randomness);
      for (int i = 1; i <= 12; i++) {
        manifests.commit(flush(i, 1, manifests.current().nextOrder(), i));
        committed++;
      }
    } catch (IOException e) {
      // the machine has stopped, and the test asks the disk whether it has
    }
    return committed;
  }

  /**
   * Before and after its object is made, a commit fails once; repeating it does it exactly once.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aFailedCommitCanBeRepeated(int failAt) throws IOException {
    ManifestStore manifests = ManifestStore.load(new FailingStore(objects, failAt), randomness);
    ManifestChange change = flush(1, 10, 0, 1);
    assertThrows(IOException.class, () -> manifests.commit(change));
    assertEquals(List.of(1L), ids(manifests.commit(flush(1, 10, 0, 1))));
    Manifest second = manifests.commit(flush(2, 10, manifests.current().nextOrder(), 1));
    assertEquals(List.of(1L, 2L), ids(second));
    assertEquals(second, load().current());
    assertEquals(2, second.number());
  }

  @Test
  void anotherChangeWaitsUntilTheFateOfTheFirstIsKnown() throws IOException {
    FailingStore failing = new FailingStore(objects, 2); // fails after creating
    ManifestStore manifests = ManifestStore.load(failing, randomness);
    assertThrows(IOException.class, () -> manifests.commit(flush(1, 10, 0, 0)));
    SkaldException e =
        assertThrows(SkaldException.class, () -> manifests.commit(flush(2, 10, 0, 0)));
    assertEquals(ErrorKind.UNAVAILABLE, e.kind());
    manifests.commit(flush(1, 10, 0, 0));
    assertEquals(List.of(1L), ids(load().current()));
  }

  @Test
  void anotherChangeIsFineIfTheFirstDidNotHappen() throws IOException {
    FailingStore failing = new FailingStore(objects, 1); // fails before creating
    ManifestStore manifests = ManifestStore.load(failing, randomness);
    assertThrows(IOException.class, () -> manifests.commit(flush(1, 10, 0, 0)));
    manifests.commit(flush(2, 10, 0, 0));
    assertEquals(List.of(2L), ids(load().current()));
  }
}
