package dev.skald.benchmarks;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.TenantId;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines as entries: sixteen streams in turn, a millisecond from entry to entry, a detected level
 * beside each.
 */
final class SampleBatch {
  static final TenantId TENANT = new TenantId("benchmark");

  /** 2026-01-01T00:00Z. All entries are of that day. */
  static final long START_EPOCH_NANOS = 1_767_225_600_000_000_000L;

  private static final long STEP_NANOS = 1_000_000;
  private static final int STREAMS = 16;
  private static final String[] LEVELS = {"info", "info", "info", "warn", "error"};

  private SampleBatch() {}

  static EntryBatch of(List<byte[]> lines) {
    return of(lines, 0, lines.size());
  }

  /** Batches whose lines reach so many bytes each; the last one may be smaller. */
  static List<EntryBatch> split(List<byte[]> lines, int batchBytes) {
    List<EntryBatch> batches = new ArrayList<>();
    for (int from = 0; from < lines.size(); ) {
      int to = from;
      for (long bytes = 0; to < lines.size() && bytes < batchBytes; to++) {
        bytes += lines.get(to).length;
      }
      batches.add(of(lines, from, to));
      from = to;
    }
    return batches;
  }

  private static EntryBatch of(List<byte[]> lines, int from, int to) {
    EntryBatch batch = new EntryBatch();
    for (int i = from; i < to; i++) {
      byte[] line = lines.get(i);
      int stream = batch.stream(stream(i % STREAMS));
      int metadata = batch.metadataSet(Labels.of("detected_level", LEVELS[i % LEVELS.length]));
      batch.add(stream, START_EPOCH_NANOS + i * STEP_NANOS, line, 0, line.length, metadata);
    }
    return batch;
  }

  private static Labels stream(int number) {
    return Labels.of("app", "web", "env", "prod", "pod", "web-" + number);
  }
}
