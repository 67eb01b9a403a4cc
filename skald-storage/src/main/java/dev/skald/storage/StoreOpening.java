package dev.skald.storage;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.compress.ZstdContexts;
import dev.skald.disk.Disk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.check.StoreCheck;
import dev.skald.storage.compact.CompactionLimits;
import dev.skald.storage.compact.SegmentMerge;
import dev.skald.storage.head.Head;
import dev.skald.storage.manifest.BrokenManifest;
import dev.skald.storage.manifest.LiveSegment;
import dev.skald.storage.manifest.ManifestChange;
import dev.skald.storage.manifest.ManifestStore;
import dev.skald.storage.manifest.SegmentSweep;
import dev.skald.storage.manifest.WriterId;
import dev.skald.storage.object.LocalObjectStore;
import dev.skald.storage.object.ObjectName;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.removal.Deletions;
import dev.skald.storage.removal.ExpiryClock;
import dev.skald.storage.retention.RetentionConfig;
import dev.skald.storage.retention.StorePolicy;
import dev.skald.storage.segment.SegmentId;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.wal.WalReplay;
import dev.skald.threads.Threads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a store together: lock, manifest, segments, then the threads; one of them brings the log's records into the head.
 * What a crash left behind is swept on the way. For one use.
 */
final class StoreOpening {
  private static final Logger LOG = LoggerFactory.getLogger(StoreOpening.class);

  /** Segments in another machine that are opened at a time. */
  private static final int OPENED_AT_ONCE_MAX = 16;

  private final Disk disk;
  private final EpochClock clock;
  private final Ticker ticker;
  private final Threads threads;
  private final Randomness randomness;
  private final StoreConfig config;
  private final StorePolicy policy;
  private final @Nullable RemoteObjects remote;
  private final AtomicLong corruptions = new AtomicLong();
  private final UpkeepCounts counts = new UpkeepCounts();
  private final DamagedSegments damaged = new DamagedSegments();

  /** The store owns what was opened, and what is opened from here on. */
  private volatile boolean isOpen;

  /** What was opened so far, the last one first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  StoreOpening(
      Disk disk,
      EpochClock clock,
      Ticker ticker,
      Threads threads,
      Randomness randomness,
      StoreConfig config,
      StorePolicy policy,
      @Nullable RemoteObjects remote) {
    this.disk = disk;
    this.clock = clock;
    this.ticker = ticker;
    this.threads = threads;
    this.randomness = randomness;
    this.config = config;
    this.policy = policy;
    this.remote = remote;
  }

  DiskLogStore open() throws IOException {
    boolean done = false;
    try {
      DiskLogStore store = openAll();
      done = true;
      isOpen = true;
      return store;
    } finally {
      if (!done) {
        closeOpened();
      }
    }
  }

  private void closeOpened() {
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.debug("closing after a failure to open", e); // the failure itself is thrown
      }
    }
  }

  private DiskLogStore openAll() throws IOException {
    AutoCloseable lock = disk.lock("");
    opened.push(lock);
    ZstdContexts zstd = new ZstdContexts();
    opened.push(zstd);
    ObjectStore objects =
        remote == null
            ? LocalObjectStore.open(disk, randomness, StoreCheck.OBJECTS_FOLDER)
            : remote.store();
    ManifestStore manifests = manifests(objects);
    Runnable sweep = sweep(objects, manifests);
    sweep.run();
    List<OpenSegment> segments = segments(objects, manifests, zstd);

    Versions versions = new Versions(StoreVersion.of(segments, List.of()));
    opened.push(versions::close);
    Head head =
        new Head(ticker, randomness, config.head(), tenant -> newest(versions.current(), tenant));
    versions.replace(version -> version.withGenerations(List.of(head.active())));
    SegmentWriter writer = new SegmentWriter(objects, zstd, config.segment());
    HeadFlush flush = new HeadFlush(clock, randomness, objects, zstd, writer, this::pageCorrupt);

    WalReplay replay =
        WalReplay.open(
            disk, StoreCheck.WAL_FOLDER, Math.max(1, manifests.walFileFirst()), config.wal());
    StoreLog log =
        new StoreLog(disk, ticker, threads, randomness, config.wal(), replay, head, corruptions);
    RetentionConfig retention = config.upkeep().retention();
    Deletions deletions =
        Deletions.load(clock, randomness, objects, policy, retention.deleteCancelNanos());
    CatchUp catchUp =
        new CatchUp(manifests, versions, deletions, damaged, live -> open(objects, live, zstd));
    Flusher flusher =
        new Flusher(
            ticker, threads, config.head(), head, log, versions, manifests, flush, catchUp, sweep);
    opened.push(flusher::close);
    FreeSpace freeSpace = new FreeSpace(disk, ticker, retention.freeBytesMin());
    Upkeep upkeep = new Upkeep(clock, ticker, config.upkeep(), counts);
    Rounds rounds =
        rounds(
            upkeep, objects, zstd, manifests, versions, writer, flusher, deletions, freeSpace,
            catchUp);
    LOG.info(
        "store open: segments={} rows={}, bytes of log to replay={}",
        segments.size(),
        manifests.current().rowCount(),
        replay.bytesTotal());
    log.start(flusher, () -> upkeep.start(threads, rounds.tasks()));
    return new DiskLogStore(
        lock,
        zstd,
        versions,
        head,
        log,
        flusher,
        new HiddenRows.Source(clock, policy, deletions),
        damaged,
        freeSpace,
        new Background(upkeep, rounds.swap(), catchUp, counts),
        corruptions);
  }

  /** What the upkeep does in each round. */
  private record Rounds(SegmentSwap swap, List<Upkeep.Task> tasks) {}

  /** A round: what a crash left half done; what is past; what was asked to go; then merging. */
  private Rounds rounds(
      Upkeep upkeep,
      ObjectStore objects,
      ZstdContexts zstd,
      ManifestStore manifests,
      Versions versions,
      SegmentWriter writer,
      Flusher flusher,
      Deletions deletions,
      FreeSpace freeSpace,
      CatchUp catchUp) {
    UpkeepConfig settings = config.upkeep();
    SegmentSwap swap = new SegmentSwap(objects, manifests, versions, catchUp);
    SegmentMerge merge =
        new SegmentMerge(
            randomness, objects, zstd, writer, config.segment(), this::pageCorrupt, upkeep);
    CompactionLimits limits = settings.compaction(config.pageLineBytesTarget());
    Compaction compaction =
        new Compaction(clock, randomness, versions, merge, swap, limits, counts);
    ExpiryClock expiryClock =
        new ExpiryClock(
            clock,
            ticker,
            settings.retention().expiryDelayNanos(),
            RetentionRun.newest(versions.current()));
    RetentionRun retention =
        new RetentionRun(
            versions,
            policy,
            expiryClock,
            compaction,
            swap,
            freeSpace,
            settings.retention().segmentBytesMax(),
            counts);
    DeleteRun deletes =
        new DeleteRun(versions, flusher, deletions, damaged, policy, compaction, upkeep, counts);
    return new Rounds(
        swap,
        List.of(
            remote == null ? () -> {} : catchUp::run,
            swap::finish,
            retention::expire,
            retention::makeRoom,
            deletes::run,
            compaction::run));
  }

  private ManifestStore manifests(ObjectStore objects) throws IOException {
    long writer = remote == null ? 0 : WriterId.of(disk, randomness);
    ManifestStore manifests = ManifestStore.load(objects, randomness, writer);
    for (BrokenManifest broken : manifests.broken()) {
      corruptions.incrementAndGet();
      LOG.error("{}; an older manifest is used", broken.damage());
    }
    for (BrokenManifest mended : manifests.mended()) {
      corruptions.incrementAndGet();
      LOG.error("{}; its copy is used", mended.damage());
      renew(manifests);
    }
    long other = manifests.current().writer();
    if (remote != null && manifests.current().number() > 0 && other != writer) {
      LOG.warn(
          "the store was written last by another server, writer {}, this one is {}: if it still runs,"
              + " stop it; one store is for one server at a time",
          "%016x".formatted(other),
          "%016x".formatted(writer));
    }
    if (remote != null && disk.exists(StoreCheck.OBJECTS_FOLDER)) {
      LOG.warn(
          "the data folder holds segments of its own in {}: they are not read, since segments are"
              + " kept elsewhere",
          StoreCheck.OBJECTS_FOLDER);
    }
    return manifests;
  }

  /** A manifest that lists what the last one did: there are two good objects again. */
  private static void renew(ManifestStore manifests) {
    try {
      manifests.commit(ManifestChange.ofSegments(List.of(), List.of(), 0));
    } catch (IOException | SkaldException e) {
      LOG.warn("the next flush will make a manifest and its copy: {}", e.getMessage());
    }
  }

  /**
   * Deletes segments that no manifest lists, written just before a crash. In a folder of this process
   * alone they are nobody's at once.
   */
  private Runnable sweep(ObjectStore objects, ManifestStore manifests) throws IOException {
    if (!manifests.broken().isEmpty()) {
      return () -> {}; // what the broken ones list is not known
    }
    if (remote == null) {
      sweepAll(objects, manifests);
      return () -> {};
    }
    SegmentSweep sweep = new SegmentSweep(clock, objects, manifests, remote.orphanGraceNanos());
    return () -> {
      try {
        sweep.run().forEach(name -> LOG.info("{}: in no manifest, deleted", name));
      } catch (IOException | SkaldException e) {
        LOG.warn("clean-up of segments in no manifest: {}", e.getMessage());
      }
    };
  }

  private static void sweepAll(ObjectStore objects, ManifestStore manifests) throws IOException {
    Set<ObjectName> live = new HashSet<>();
    for (LiveSegment segment : manifests.current().segments()) {
      live.add(segment.summary().id().objectName());
    }
    for (ObjectName name : objects.list(SegmentId.FOLDER)) {
      if (!live.contains(name)) {
        LOG.info("{}: not in the manifest, deleted", name);
        objects.delete(name);
      }
    }
  }

  private List<OpenSegment> segments(
      ObjectStore objects, ManifestStore manifests, ZstdContexts zstd) throws IOException {
    List<LiveSegment> live = manifests.current().segments();
    List<OpenSegment> segments = new ArrayList<>();
    if (remote == null) {
      for (LiveSegment each : live) {
        addIfOpen(segments, open(objects, each, zstd));
      }
      return segments;
    }
    // Far away each takes some round trips, so many are opened at a time.
    Semaphore turns = new Semaphore(OPENED_AT_ONCE_MAX);
    try (ExecutorService pool = threads.waitingPool("open-segment")) {
      List<Future<@Nullable OpenSegment>> opening = new ArrayList<>();
      for (LiveSegment each : live) {
        turns.acquire();
        opening.add(
            pool.submit(
                () -> {
                  try {
                    return open(objects, each, zstd);
                  } finally {
                    turns.release();
                  }
                }));
      }
      for (Future<@Nullable OpenSegment> each : opening) {
        addIfOpen(segments, each.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while opening segments");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case SkaldException failure -> throw failure;
        case null, default -> throw new IllegalStateException("opening segments", e);
      }
    }
    return segments;
  }

  private static void addIfOpen(List<OpenSegment> segments, @Nullable OpenSegment segment) {
    if (segment != null) {
      segments.add(segment);
    }
  }

  /** A segment that cannot be read is left out and reported: null; the others are served. */
  private @Nullable OpenSegment open(ObjectStore objects, LiveSegment live, ZstdContexts zstd)
      throws IOException {
    try {
      SegmentReader reader =
          SegmentReader.open(objects, live.summary().id(), zstd, this::pageCorrupt);
      if (!isOpen) {
        synchronized (opened) {
          opened.push(reader);
        }
      }
      return new OpenSegment(live, reader, OpenSegment.times(live.summary()));
    } catch (NoSuchFileException e) {
      leftOut(live, live.summary().id().objectName() + ": in the manifest and not there");
    } catch (SkaldException e) {
      if (e.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
      leftOut(live, e.getMessage());
    }
    return null;
  }

  private void leftOut(LiveSegment live, String damage) {
    if (damaged.add(live, damage)) {
      corruptions.incrementAndGet();
      LOG.error("{}; the segment is left out", damage);
    }
  }

  private void pageCorrupt(SegmentId id, int page, SkaldException damage) {
    corruptions.incrementAndGet();
    LOG.error("segment={} page={}: {}", id, page, damage.getMessage());
  }

  private static long newest(StoreVersion version, TenantId tenant) {
    return version.segments(tenant).stream()
        .mapToLong(segment -> segment.times().maxEpochNanos())
        .max()
        .orElse(Long.MIN_VALUE);
  }
}
