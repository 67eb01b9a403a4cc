package dev.skald.storage.manifest;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.object.MemoryObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.UncertainObjectStore;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several writers, one store, lost answers: one chain, and nothing that was confirmed is lost. */
final class ManifestRaceTest {
  private static final int WRITERS = 4;
  private static final int COMMITS = 12;

  static LiveSegment segment(long id, long order) {
    SegmentSummary summary =
        new SegmentSummary(
            new SegmentId(id), new TenantId("acme"), 20_000, 1, 100, 0, 1, 1, 1, 2, 500, 0xcafe);
    return new LiveSegment(summary, 0, order);
  }

  static ManifestChange flush(long id, ManifestStore manifests) {
    return new ManifestChange(
        List.of(segment(id, manifests.current().nextOrder())),
        List.of(),
        manifests.walFileFirst(),
        1,
        0);
  }

  private static boolean lists(Manifest manifest, long id) {
    return manifest.segments().stream().anyMatch(s -> s.summary().id().value() == id);
  }

  /** Each writer loads, commits, repeats what is not certain, and loads again when it lost. */
  private static final class Writer implements Callable<List<Long>> {
    private final ObjectStore store;
    private final Randomness nonces;
    private final long number;
    private final List<Long> confirmed = new ArrayList<>();

    Writer(ObjectStore store, long seed, long number) {
      this.store = store;
      this.nonces = new Random(seed)::nextLong;
      this.number = number;
    }

    @Override
    public List<Long> call() {
      ManifestStore manifests = null;
      for (long i = 0; i < COMMITS; i++) {
        long id = number * 1000 + i;
        boolean done = false;
        while (!done) {
          try {
            if (manifests == null) {
              manifests = ManifestStore.load(store, nonces, number);
            }
            done = lists(manifests.current(), id) || commit(manifests, id);
          } catch (IOException e) {
            manifests = null; // could not even be loaded
          }
          manifests = done ? manifests : null;
        }
        confirmed.add(id);
      }
      return confirmed;
    }

    private static boolean commit(ManifestStore manifests, long id) {
      ManifestChange change = flush(id, manifests);
      while (true) {
        try {
          manifests.commit(change);
          return true;
        } catch (SkaldException e) {
          assertEquals(ErrorKind.UNAVAILABLE, e.kind(), e.getMessage());
          return false;
        } catch (IOException e) {
          // uncertain: repeat
        }
      }
    }
  }

  @Test
  void writersWhoRaceMakeOneChainAndLoseNothing() {
    forAll(
        25,
        random -> {
          MemoryObjectStore below = new MemoryObjectStore();
          Set<ObjectName> everTaken = ConcurrentHashMap.newKeySet();
          ObjectStore store =
              new UncertainObjectStore(
                  new RecordingStore(below, everTaken), new Random(random.nextLong()), 150);
          List<Writer> writers = new ArrayList<>();
          for (int i = 1; i <= WRITERS; i++) {
            writers.add(new Writer(store, random.nextLong(), i));
          }
          List<Long> confirmed = new ArrayList<>();
          try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<List<Long>> each : threads.invokeAll(writers)) {
              confirmed.addAll(each.get());
            }
          }
          Manifest newest = ManifestStore.load(below, () -> 0).current();
          List<Long> live =
              newest.segments().stream().map(s -> s.summary().id().value()).sorted().toList();
          confirmed.sort(null);
          assertEquals(confirmed, live);
          List<String> problems = new ArrayList<>();
          ManifestCheck.run(below, problems::add);
          assertEquals(List.of(), problems);
          assertTrue(everTaken.size() >= WRITERS * COMMITS, "names taken: " + everTaken.size());
        });
  }

  @Test
  void aWriterThatSleptWhileItsNumberCameAndWentIsTold() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Randomness nonces = new Random(1)::nextLong;
    ManifestStore sleeper = ManifestStore.load(store, nonces, 1);
    ManifestStore other = ManifestStore.load(store, nonces, 2);
    for (int i = 1; i <= 20; i++) {
      other.commit(flush(i, other));
    }
    assertFalse(store.list(ManifestStore.FOLDER).contains(ManifestCodec.name(1)));
    ManifestChange change = flush(99, sleeper);
    SkaldException e = assertThrows(SkaldException.class, () -> sleeper.commit(change));
    assertTrue(e.getMessage().contains("another writer committed"), e::getMessage);
    assertFalse(lists(ManifestStore.load(store, nonces, 1).current(), 99));
  }

  @Test
  void whoeverTakesOverKeepsItsOwnWal() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    Randomness nonces = new Random(1)::nextLong;
    ManifestStore first = ManifestStore.load(store, nonces, 1);
    first.commit(new ManifestChange(List.of(segment(1, 0)), List.of(), 57, 1, 0));
    assertEquals(57, first.walFileFirst());

    ManifestStore second = ManifestStore.load(store, nonces, 2);
    assertEquals(0, second.walFileFirst());
    Manifest merged =
        second.commit(
            new ManifestChange(List.of(segment(2, 0)), List.of(new SegmentId(1)), 0, 0, 0));
    assertEquals(1, merged.writer(), "a merge says nothing of the log");
    assertEquals(57, merged.walFileFirst());
    Manifest flushed =
        second.commit(
            new ManifestChange(List.of(segment(3, merged.nextOrder())), List.of(), 4, 1, 0));
    assertEquals(2, flushed.writer());
    assertEquals(4, second.walFileFirst());
    assertEquals(0, ManifestStore.load(store, nonces, 1).walFileFirst());
  }

  /** A put that arrives after its writer gave up on it, and after another took its number. */
  @Test
  void aCommitThatHappensLateIsTaken() {
    forAll(
        200,
        random -> {
          MemoryObjectStore below = new MemoryObjectStore();
          UncertainObjectStore store =
              new UncertainObjectStore(below, new Random(random.nextLong()), 300);
          ManifestStore manifests = null;
          while (manifests == null) {
            try {
              manifests = ManifestStore.load(store, new Random(random.nextLong())::nextLong, 1);
            } catch (IOException e) {
              // again
            }
          }
          Set<Long> wanted = new HashSet<>();
          for (long id = 1; id <= 8; id++) {
            wanted.add(id);
            wanted.add(100 + id);
            commitBoth(manifests, id, 100 + id);
          }
          Set<Long> live = new HashSet<>();
          ManifestStore.load(below, () -> 0)
              .current()
              .segments()
              .forEach(s -> live.add(s.summary().id().value()));
          assertEquals(wanted, live);
        });
  }

  /** As two threads of one process would: each repeats its own change until it is done. */
  private static void commitBoth(ManifestStore manifests, long one, long other) {
    while (!lists(manifests.current(), one) || !lists(manifests.current(), other)) {
      attempt(manifests, one);
      attempt(manifests, other);
    }
  }

  private static void attempt(ManifestStore manifests, long id) {
    if (lists(manifests.current(), id)) {
      return;
    }
    // In its place, which the other may have taken: equal to the one before, or another.
    ManifestChange change = flush(id, manifests);
    try {
      manifests.commit(change);
    } catch (IOException | SkaldException e) {
      // uncertain, or to be made anew from what is current now
    }
  }
}
