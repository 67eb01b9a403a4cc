package dev.skald.storage;

import dev.skald.clock.ManualClock;
import dev.skald.disk.Disk;
import dev.skald.disk.FaultyDisk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Matcher;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.head.Batches;
import dev.skald.storage.retention.StorePolicy;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A store on a test's disk, with small limits, and what is in it as values. */
final class StoreHarness implements AutoCloseable {
  static final TenantId TENANT = new TenantId("tenant");
  static final QuerySpan ALWAYS = new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final Random IDS = new Random(11);

  private final DiskLogStore store;

  private StoreHarness(DiskLogStore store) {
    this.store = store;
  }

  static StoreHarness open(Disk disk) throws IOException {
    return open(disk, StoreConfig.DEFAULT);
  }

  static StoreHarness open(Disk disk, StoreConfig config) throws IOException {
    return open(disk, config, new ManualClock(1_700_000_000_000_000_000L));
  }

  static StoreHarness open(Disk disk, StoreConfig config, ManualClock clock) throws IOException {
    return replayed(
        disk, DiskLogStore.open(disk, clock, clock, Threads.jvm(), StoreHarness::random, config));
  }

  static StoreHarness open(Disk disk, StoreConfig config, ManualClock clock, StorePolicy policy)
      throws IOException {
    return replayed(
        disk,
        DiskLogStore.open(disk, clock, clock, Threads.jvm(), StoreHarness::random, config, policy));
  }

  /** With its objects elsewhere. */
  static StoreHarness open(Disk disk, StoreConfig config, ManualClock clock, RemoteObjects objects)
      throws IOException {
    return replayed(
        disk,
        DiskLogStore.open(
            disk,
            clock,
            clock,
            Threads.jvm(),
            StoreHarness::random,
            config,
            StorePolicy.KEEP_ALL,
            objects));
  }

  /** Returns before the log is replayed. */
  static StoreHarness openAtOnce(Disk disk, StoreConfig config, ManualClock clock)
      throws IOException {
    return new StoreHarness(
        DiskLogStore.open(disk, clock, clock, Threads.jvm(), StoreHarness::random, config));
  }

  /** A replay waits for a disk to heal; one that has crashed in a test never does. */
  private static StoreHarness replayed(Disk disk, DiskLogStore store) throws IOException {
    boolean done = false;
    try {
      while (store.replay() instanceof ReplayState.Running) {
        if (disk instanceof FaultyDisk faulty && faulty.hasCrashed()) {
          throw new IOException("the machine stopped during the replay");
        }
        LockSupport.parkNanos(50_000);
      }
      store.awaitReplay();
      done = true;
      return new StoreHarness(store);
    } catch (SkaldException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException failure) {
          throw failure;
        }
      }
      throw e;
    } finally {
      if (!done) {
        store.close();
      }
    }
  }

  private static synchronized long random() {
    return IDS.nextLong();
  }

  DiskLogStore store() {
    return store;
  }

  void append(Batches.Row... rows) {
    append(List.of(rows));
  }

  void append(List<Batches.Row> rows) {
    store.append(TENANT, Batches.of(rows));
  }

  /** Whether the store took them; false if it said that it is unavailable. */
  boolean offer(List<Batches.Row> rows) {
    return isAvailable(() -> append(rows));
  }

  boolean offerFlush() {
    return isAvailable(store::flush);
  }

  static boolean isAvailable(Runnable call) {
    try {
      call.run();
      return true;
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.UNAVAILABLE) {
        throw e;
      }
      return false;
    }
  }

  /** Everything of the tenant, in order of arrival of pages, then of rows. */
  List<Batches.Row> rows() {
    return rows(List.of(), ALWAYS);
  }

  List<Batches.Row> rows(List<Matcher> matchers, QuerySpan span) {
    return rows(TENANT, matchers, span);
  }

  List<Batches.Row> rows(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    try (PageScan scan = store.scan(tenant, matchers, span)) {
      return rows(scan);
    }
  }

  /** What a scan of everything says is missing. */
  List<String> warnings() {
    try (PageScan scan = store.scan(TENANT, List.of(), ALWAYS)) {
      return scan.warnings();
    }
  }

  static List<Batches.Row> rows(PageScan scan) {
    List<Batches.Row> rows = new ArrayList<>();
    List<PageRef> pages = new ArrayList<>(scan.pages());
    pages.sort(Comparator.comparingLong(PageRef::order));
    for (PageRef ref : pages) {
      PageRows page = ref.read();
      for (int i = 0; i < page.rows().count(); i++) {
        rows.add(Batches.row(page.page(), page.rows().row(i)));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    store.close();
  }
}
