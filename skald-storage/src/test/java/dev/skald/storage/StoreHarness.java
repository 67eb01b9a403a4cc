package dev.skald.storage;

import dev.skald.clock.ManualClock;
import dev.skald.disk.Disk;
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
    return new StoreHarness(
        DiskLogStore.open(disk, clock, clock, Threads.jvm(), StoreHarness::random, config));
  }

  static StoreHarness open(Disk disk, StoreConfig config, ManualClock clock, StorePolicy policy)
      throws IOException {
    return new StoreHarness(
        DiskLogStore.open(disk, clock, clock, Threads.jvm(), StoreHarness::random, config, policy));
  }

  /** With its objects elsewhere. */
  static StoreHarness open(Disk disk, StoreConfig config, ManualClock clock, RemoteObjects objects)
      throws IOException {
    return new StoreHarness(
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

  private static boolean isAvailable(Runnable call) {
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
