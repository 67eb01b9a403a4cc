package dev.skald.storage;

import dev.skald.bytes.ByteWriter;
import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import dev.skald.compress.ZstdContexts;
import dev.skald.disk.Disk;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.random.Randomness;
import dev.skald.storage.head.BatchCodec;
import dev.skald.storage.head.Head;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.retention.StorePolicy;
import dev.skald.storage.wal.WalStats;
import dev.skald.threads.Threads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store on a disk: a log of what was acknowledged, a head that holds it in memory, segments
 * that hold what was flushed, and a manifest that says which segments there are and where the log
 * begins. An append goes through the log into the head; the flusher moves the head into segments; a
 * scan reads one version of both.
 */
public final class DiskLogStore implements LogStore {
  private static final Logger LOG = LoggerFactory.getLogger(DiskLogStore.class);

  /** Lines of one record of the log; a larger batch becomes several. */
  private static final long RECORD_LINE_BYTES_MAX = 8 << 20;

  /** Rows of one record of the log. */
  private static final int RECORD_ROWS_MAX = 1 << 18;

  /** Columns of records are written into buffers that are used again, up to so many and so large. */
  private static final int COLUMNS_IDLE_MAX = 4;

  private static final int COLUMNS_BYTES_FIRST = 1 << 14;
  private static final int COLUMNS_BYTES_MAX = 2 << 20;

  private final AutoCloseable lock;
  private final ZstdContexts zstd;
  private final Versions versions;
  private final Head head;
  private final StoreLog log;
  private final Flusher flusher;
  private final HiddenRows.Source hidden;
  private final DamagedSegments damaged;
  private final FreeSpace freeSpace;
  private final StoreDeletes deletes;
  private final LiveFeed live = new LiveFeed();
  private final ArrayBlockingQueue<ByteWriter> idleColumns =
      new ArrayBlockingQueue<>(COLUMNS_IDLE_MAX);
  private final Background background;
  private final AtomicLong corruptions;
  private volatile boolean closed;

  DiskLogStore(
      AutoCloseable lock,
      ZstdContexts zstd,
      Versions versions,
      Head head,
      StoreLog log,
      Flusher flusher,
      HiddenRows.Source hidden,
      DamagedSegments damaged,
      FreeSpace freeSpace,
      Background background,
      AtomicLong corruptions) {
    this.lock = lock;
    this.zstd = zstd;
    this.versions = versions;
    this.head = head;
    this.log = log;
    this.flusher = flusher;
    this.hidden = hidden;
    this.damaged = damaged;
    this.freeSpace = freeSpace;
    this.deletes =
        new StoreDeletes(this, hidden.policy(), hidden.deletions(), log::requireReplayed);
    this.background = background;
    this.corruptions = corruptions;
  }

  /**
   * Opens or creates the store that is the whole of a disk. Nobody else may have it open. What is in segments can be
   * read when this returns; what the log has comes back in the background, see {@link #replay}, and until then the store
   * takes nothing.
   *
   * @throws java.io.IOException if the disk fails, or another process has the store
   * @throws SkaldException UNSUPPORTED if a newer version wrote it; CORRUPT if no manifest can be
   *     read
   */
  public static DiskLogStore open(
      Disk disk,
      EpochClock clock,
      Ticker ticker,
      Threads threads,
      Randomness randomness,
      StoreConfig config)
      throws java.io.IOException {
    return open(disk, clock, ticker, threads, randomness, config, StorePolicy.KEEP_ALL);
  }

  /**
   * As above, with a policy on what is to go.
   *
   * @throws SkaldException also CORRUPT if the delete requests cannot be read
   */
  public static DiskLogStore open(
      Disk disk,
      EpochClock clock,
      Ticker ticker,
      Threads threads,
      Randomness randomness,
      StoreConfig config,
      StorePolicy policy)
      throws java.io.IOException {
    return new StoreOpening(disk, clock, ticker, threads, randomness, config, policy, null).open();
  }

  /**
   * As above, with the log on the disk, and segments and manifests elsewhere. If the disk is lost or
   * is another machine's, what is elsewhere is served all the same.
   */
  public static DiskLogStore open(
      Disk disk,
      EpochClock clock,
      Ticker ticker,
      Threads threads,
      Randomness randomness,
      StoreConfig config,
      StorePolicy policy,
      RemoteObjects objects)
      throws java.io.IOException {
    return new StoreOpening(disk, clock, ticker, threads, randomness, config, policy, objects)
        .open();
  }

  @Override
  public int append(TenantId tenant, EntryBatch batch) {
    Lines lines = batch.lines();
    int newStreams = 0;
    for (int from = 0; from < batch.rowCount(); ) {
      int to = from + 1;
      long start = lines.start(from);
      while (to < batch.rowCount()
          && to - from < RECORD_ROWS_MAX
          && lines.end(to) - start <= RECORD_LINE_BYTES_MAX) {
        to++;
      }
      newStreams += append(tenant, batch, from, to);
      from = to;
    }
    return newStreams;
  }

  private int append(TenantId tenant, EntryBatch batch, int from, int to) {
    if (closed) {
      throw SkaldException.of(ErrorKind.UNAVAILABLE, "the store is closed");
    }
    log.requireReplayed();
    freeSpace.requireRoom();
    long bytes = StoreLog.headBytes(batch, from, to);
    int[] newStreams = new int[1];
    head.budget().reserve(bytes, flusher::wake);
    try {
      ByteWriter columns = idleColumns.poll();
      columns = columns == null ? new ByteWriter(COLUMNS_BYTES_FIRST) : columns;
      log.append(
          BatchCodec.encode(tenant, batch, from, to, columns),
          () -> {
            int before = head.streamCount(tenant);
            live.publish(tenant, batch, from, to, head.append(tenant, batch, from, to));
            newStreams[0] = head.streamCount(tenant) - before;
            flusher.wakeIfFull();
          });
      if (columns.array().length <= COLUMNS_BYTES_MAX) {
        idleColumns.offer(columns); // after a failure the log may still hold it
      }
      return newStreams[0];
    } finally {
      head.budget().unreserve(bytes);
    }
  }

  @Override
  public PageScan scan(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    List<MatcherTest> tests = matchers.stream().map(MatcherTest::of).toList();
    HiddenRows hiddenNow = hidden.of(tenant);
    List<String> warnings = damaged.warnings(tenant, hiddenNow.cut(span));
    warnings.addAll(replayWarnings()); // before the version: all that was missing is told
    return StoreScan.of(versions.pin(), tenant, tests, span, hiddenNow, warnings);
  }

  private List<String> replayWarnings() {
    return switch (log.state()) {
      case ReplayState.Done() -> List.of();
      case ReplayState.Running(long done, long total) ->
          List.of(
              ("the log of the last run is being replayed, %d of %d bytes: entries that came last"
                      + " are missing from this answer")
                  .formatted(done, total));
      case ReplayState.Failed(String reason) ->
          List.of("entries that came last are missing from this answer: " + reason);
    };
  }

  @Override
  public List<Labels> series(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    List<MatcherTest> tests = matchers.stream().map(MatcherTest::of).toList();
    SortedUnion<Labels> found = new SortedUnion<>();
    HiddenRows hiddenNow = hidden.of(tenant);
    try (Versions.Pin pin = versions.pin()) {
      for (OpenSegment segment : pin.version().segments(tenant)) {
        List<Labels> own = new ArrayList<>();
        streams(segment, tests, span, hiddenNow).forEach(s -> own.add(segment.reader().labels(s)));
        found.add(own);
      }
      for (HeadRows rows : StoreScan.headRows(pin.version(), tenant)) {
        List<Labels> own = new ArrayList<>(headStreams(rows, tests, span, hiddenNow));
        own.sort(null);
        found.add(own);
      }
    }
    return found.values();
  }

  private static StreamSet streams(
      OpenSegment segment, List<MatcherTest> tests, QuerySpan span, HiddenRows hiddenNow) {
    return hiddenNow.streamsWithin(segment, segment.reader().streams(tests), span);
  }

  private static List<Labels> headStreams(
      HeadRows rows, List<MatcherTest> tests, QuerySpan span, HiddenRows hiddenNow) {
    return hiddenNow.streamsWithin(rows, rows.streams(tests), span);
  }

  @Override
  public Set<String> labelNames(TenantId tenant, List<Matcher> matchers, QuerySpan span) {
    List<MatcherTest> tests = matchers.stream().map(MatcherTest::of).toList();
    Set<String> names = new TreeSet<>();
    HiddenRows hiddenNow = hidden.of(tenant);
    try (Versions.Pin pin = versions.pin()) {
      for (OpenSegment segment : pin.version().segments(tenant)) {
        segment.reader().addLabelNames(streams(segment, tests, span, hiddenNow), names);
      }
      for (HeadRows rows : StoreScan.headRows(pin.version(), tenant)) {
        Set<String> own = new HashSet<>();
        for (Labels labels : headStreams(rows, tests, span, hiddenNow)) {
          for (Label label : labels.sorted()) {
            own.add(label.name());
          }
        }
        names.addAll(own);
      }
    }
    return names;
  }

  @Override
  public List<String> labelValues(
      TenantId tenant, String name, List<Matcher> matchers, QuerySpan span) {
    List<MatcherTest> tests = matchers.stream().map(MatcherTest::of).toList();
    SortedUnion<String> values = new SortedUnion<>();
    HiddenRows hiddenNow = hidden.of(tenant);
    try (Versions.Pin pin = versions.pin()) {
      for (OpenSegment segment : pin.version().segments(tenant)) {
        StreamSet streams = streams(segment, tests, span, hiddenNow);
        values.add(segment.reader().labelValues(name, streams));
      }
      for (HeadRows rows : StoreScan.headRows(pin.version(), tenant)) {
        values.add(distinct(name, headStreams(rows, tests, span, hiddenNow)));
      }
    }
    return values.values();
  }

  /** Ascending, the empty value left out. */
  private static List<String> distinct(String name, List<Labels> streams) {
    Set<String> seen = new HashSet<>();
    List<String> values = new ArrayList<>();
    for (Labels labels : streams) {
      String value = labels.get(name);
      if (!value.isEmpty() && seen.add(value)) {
        values.add(value);
      }
    }
    values.sort(null); // streams that came in order are not compared much
    return values;
  }

  @Override
  public int activeStreamCount(TenantId tenant) {
    return head.streamCount(tenant);
  }

  @Override
  public boolean isActiveStream(TenantId tenant, Labels labels) {
    return head.hasStream(tenant, labels);
  }

  @Override
  public void flush() {
    log.awaitReplay();
    flusher.flush();
  }

  /**
   * Does now what upkeep does each interval; returns when it is done.
   *
   * @throws SkaldException UNAVAILABLE if something of it failed; it is tried again later
   */
  public void runUpkeep() {
    log.awaitReplay();
    background.upkeep().runRound();
  }

  /** How far the log of the last run has come back. */
  public ReplayState replay() {
    return log.state();
  }

  /**
   * Returns when everything that was acknowledged is visible, and the store takes more.
   *
   * @throws SkaldException of what the replay failed with; UNAVAILABLE if the store is closed before its end
   */
  public void awaitReplay() {
    log.awaitReplay();
  }

  /** Tenants that have active streams. */
  public Set<TenantId> activeTenants() {
    return head.tenants();
  }

  /** What becomes visible, as it does. */
  public LiveFeed live() {
    return live;
  }

  /** Delete requests. */
  public StoreDeletes deletes() {
    return deletes;
  }

  /** Appends refused because the disk had too little free. */
  public long refusedForSpace() {
    return freeSpace.refused();
  }

  /** Segments that are listed and cannot be opened; answers that lack them say so. */
  public int damagedSegments() {
    return damaged.count();
  }

  /** Times that another server was found to have written to the same bucket. */
  public long takeovers() {
    return background.catchUp().takeovers();
  }

  public UpkeepStats upkeepStats() {
    return background.counts().stats();
  }

  @Override
  public StoreStats stats() {
    StoreVersion version = versions.current();
    WalStats walStats = log.stats();
    List<OpenSegment> segments = version.segments();
    return new StoreStats(
        version.generations().stream().mapToLong(g -> g.streamCount()).sum(),
        version.generations().stream().mapToLong(g -> g.rowCount()).sum(),
        head.memoryBytes(),
        segments.size(),
        segments.stream().mapToLong(s -> s.live().summary().sizeBytes()).sum(),
        walStats.bytesOnDisk(),
        walStats.records(),
        walStats.bytes(),
        walStats.syncs(),
        flusher.flushes(),
        flusher.failures(),
        corruptions.get(),
        walStats.diskFull());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    log.endReplay();
    background.close();
    flusher.close();
    log.close();
    versions.close();
    zstd.close();
    try {
      lock.close();
    } catch (Exception e) {
      LOG.warn("the lock of the store was not given back: {}", e.getMessage());
    }
  }
}
