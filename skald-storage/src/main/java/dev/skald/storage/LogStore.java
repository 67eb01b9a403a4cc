package dev.skald.storage;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import java.util.List;
import java.util.Set;

/**
 * All tenants' entries. Safe for concurrent use; the one on disk keeps its promises through
 * crashes.
 */
public interface LogStore extends AutoCloseable {
  /**
   * Returns when every entry of the batch is on disk and visible to queries; the batch must not be
   * changed meanwhile, nor afterwards if this fails, or if it is {@link EntryBatch#keep kept}, as it is by whoever
   * looks at it later. An entry equal to one already stored (stream, time, line, structured
   * metadata) is not stored twice.
   *
   * @return streams of the batch that were not active before, see {@link #activeStreamCount}
   * @throws dev.skald.error.SkaldException UNAVAILABLE when memory or disk is full, the log is being replayed or the store
   *     is closing: nothing of the batch is promised then, and the same batch may be sent again
   */
  int append(TenantId tenant, EntryBatch batch);

  /**
   * As the engine's port of the same shape: exactly the matching rows, duplicates left out. What cannot be read now is
   * left out and told by {@link PageScan#warnings}. The caller closes it.
   */
  PageScan scan(TenantId tenant, List<Matcher> matchers, QuerySpan span);

  /**
   * Label sets of the streams that satisfy all matchers and have data that may lie within the span
   * (judged by the page directory), sorted. No matchers: all streams.
   */
  List<Labels> series(TenantId tenant, List<Matcher> matchers, QuerySpan span);

  /** Names of labels of those streams, sorted. */
  Set<String> labelNames(TenantId tenant, List<Matcher> matchers, QuerySpan span);

  /** Values of one label on those streams, each once, sorted; not to be changed. */
  List<String> labelValues(TenantId tenant, String name, List<Matcher> matchers, QuerySpan span);

  /**
   * Streams of this tenant that were written to since the last flush but one: "active" ones. What is
   * in the head always counts.
   */
  int activeStreamCount(TenantId tenant);

  /** Whether this stream is one of those. */
  boolean isActiveStream(TenantId tenant, Labels labels);

  /**
   * Writes everything that was acknowledged by now into segments; returns when they are committed. Waits for the end of a
   * replay.
   */
  void flush();

  /** Figures for {@code /metrics}. */
  StoreStats stats();

  /**
   * Stops accepting, leaves the rest to the WAL, releases everything. Closing twice is harmless.
   */
  @Override
  void close();
}
