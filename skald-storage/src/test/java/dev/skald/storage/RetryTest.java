package dev.skald.storage;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.clock.ManualClock;
import dev.skald.disk.MemoryDisk;
import dev.skald.storage.head.Batches;
import dev.skald.storage.head.Batches.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A client that got no answer sends its batch again, later, perhaps to a store that was flushed, merged or restarted
 * meanwhile: each entry is stored once.
 */
final class RetryTest {
  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final int STEPS = 40;

  /** What batches are sent to. */
  private interface Target extends AutoCloseable {
    void append(List<Row> rows);

    void flush();

    void merge();

    void restart() throws IOException;

    List<Row> rows();

    @Override
    void close();
  }

  /** A store. */
  private static final class OneStore implements Target {
    private final MemoryDisk disk = new MemoryDisk();
    private final ManualClock clock = new ManualClock(NOW);
    private StoreHarness store;

    OneStore() throws IOException {
      store = StoreHarness.open(disk, StoreConfig.DEFAULT, clock);
    }

    @Override
    public void append(List<Row> rows) {
      store.append(rows);
    }

    @Override
    public void flush() {
      store.store().flush();
    }

    @Override
    public void merge() {
      clock.advanceNanos(60_000_000_000L);
      store.store().runUpkeep();
    }

    @Override
    public void restart() throws IOException {
      store.close();
      store = StoreHarness.open(disk, StoreConfig.DEFAULT, clock);
    }

    @Override
    public List<Row> rows() {
      return store.rows();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** The bug: what is flushed is no longer known when a copy comes. */
  private static final class ForgetfulStore implements Target {
    private final List<OneStore> stores = new ArrayList<>();

    ForgetfulStore() throws IOException {
      stores.add(new OneStore());
    }

    @Override
    public void append(List<Row> rows) {
      stores.getLast().append(rows);
    }

    @Override
    public void flush() {
      try {
        stores.add(new OneStore());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void merge() {
      stores.getLast().merge();
    }

    @Override
    public void restart() throws IOException {
      stores.getLast().restart();
    }

    @Override
    public List<Row> rows() {
      return stores.stream().flatMap(store -> store.rows().stream()).toList();
    }

    @Override
    public void close() {
      stores.forEach(OneStore::close);
    }
  }

  private static void run(Target target, Random random) throws IOException {
    List<List<Row>> sent = new ArrayList<>();
    Set<Row> expected = new LinkedHashSet<>();
    for (int step = 0; step < STEPS; step++) {
      String what = "step " + step + ": ";
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          List<Row> batch = Batches.random(random, 8);
          sent.add(batch);
          expected.addAll(batch);
          target.append(batch);
          what += "sent";
        }
        case 3, 4 -> {
          if (!sent.isEmpty()) {
            target.append(sent.get(random.nextInt(sent.size())));
          }
          what += "sent again";
        }
        case 5 -> {
          target.flush();
          what += "flushed";
        }
        case 6 -> {
          target.merge();
          what += "merged";
        }
        default -> {
          target.restart();
          what += "restarted";
        }
      }
      Map<Row, Integer> counts = new HashMap<>();
      target.rows().forEach(row -> counts.merge(row, 1, Integer::sum));
      assertEquals(expected, counts.keySet(), what);
      assertEquals(Set.of(1), Set.copyOf(expected.isEmpty() ? List.of(1) : counts.values()), what);
    }
  }

  @Test
  void aBatchThatIsSentAgainIsStoredOnce() {
    forAll(
        60,
        random -> {
          try (Target store = new OneStore()) {
            run(store, random);
          }
        });
  }

  @Test
  void aStoreThatForgetsWhatItFlushedIsFoundOut() {
    assertThrows(
        AssertionError.class,
        () ->
            forAll(
                5,
                random -> {
                  try (Target store = new ForgetfulStore()) {
                    run(store, random);
                  }
                }));
  }
}
