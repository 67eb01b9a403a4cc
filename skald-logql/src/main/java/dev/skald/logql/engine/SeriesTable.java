package dev.skald.logql.engine;

import dev.skald.logql.pipeline.KeyBuffer;
import dev.skald.logql.pipeline.LabelGroups;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.logql.pipeline.RowLabels;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The series that a worker has met, numbered from 0. Rows are looked up by the bytes of their
 * labels; only a row whose bytes are new makes label objects. One thread.
 */
final class SeriesTable {
  /** Different bytes may mean the same series; so many more of them than series are remembered. */
  private static final int SPARE_KEYS = 1 << 16;

  private static final int SLOTS_MIN = 64;

  private static final int UNKNOWN = -1;

  /**
   * Memory of a label besides its characters: two strings, their arrays, the label, its place in
   * lists and maps.
   */
  private static final int BYTES_PER_LABEL = 120;

  private static final int BYTES_PER_SERIES = 120;

  private final SeriesKey key;
  private final int seriesMax;
  private final QueryMeter meter;
  private final KeyBuffer buffer = new KeyBuffer();
  private final Map<Labels, Integer> ids = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();

  /** Null: there are as many as rows differ. */
  private final @Nullable LabelGroups groups;

  private int groupGeneration;
  private int[] seriesOfGroup = new int[0];

  /** Open addressing: slot → index of a known key plus one. */
  private int[] slots = new int[SLOTS_MIN];

  private int keyCount;
  private int[] keyStarts = new int[SLOTS_MIN / 2 + 1];
  private int[] keyHashes = new int[SLOTS_MIN / 2];
  private int[] keySeries = new int[SLOTS_MIN / 2];
  private byte[] keyBytes = new byte[1024];

  /**
   * @param seriesMax if the series are those of the answer, how many there may be; see {@link
   *     SeriesLimit}
   */
  SeriesTable(SeriesKey key, int seriesMax, QueryMeter meter) {
    this.key = key;
    this.seriesMax = seriesMax;
    this.meter = meter;
    groups =
        switch (key) {
          case SeriesKey.By(List<String> names) -> new LabelGroups(names);
          case SeriesKey.Without _ -> null;
        };
  }

  int count() {
    return labels.size();
  }

  Labels labels(int series) {
    return labels.get(series);
  }

  /** The number of a row's series; {@link #count} before the call if it is new. */
  int series(RowBatch batch, int index) {
    int group = groups == null ? LabelGroups.NONE : groups.of(batch, index);
    if (groups == null || group == LabelGroups.NONE) {
      return series(batch.labels(index));
    }
    if (groupGeneration != groups.generation()) {
      groupGeneration = groups.generation();
      Arrays.fill(seriesOfGroup, UNKNOWN);
    }
    if (group >= seriesOfGroup.length) {
      int known = seriesOfGroup.length;
      seriesOfGroup = Arrays.copyOf(seriesOfGroup, Math.max(SLOTS_MIN, 2 * group));
      Arrays.fill(seriesOfGroup, known, seriesOfGroup.length, UNKNOWN);
    }
    if (seriesOfGroup[group] == UNKNOWN) {
      seriesOfGroup[group] = series(batch.labels(index));
    }
    return seriesOfGroup[group];
  }

  /** As {@link #series(RowBatch, int)}, of labels that are looked at. */
  int series(RowLabels row) {
    buffer.reset();
    switch (key) {
      case SeriesKey.By(List<String> names) -> {
        for (int i = 0; i < names.size(); i++) {
          row.appendValue(names.get(i), buffer);
        }
      }
      case SeriesKey.Without without -> row.appendAll(buffer);
    }
    int hash = buffer.hash();
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int known = slots[slot] - 1;
      int start = keyStarts[known];
      if (keyHashes[known] == hash
          && buffer.equalTo(keyBytes, start, keyStarts[known + 1] - start)) {
        return keySeries[known];
      }
      slot = slot + 1 & mask;
    }
    int series = series(labelsOf(row));
    remember(hash, series);
    return series;
  }

  /** The number of the series of these labels, added if it is new. */
  int series(Labels exact) {
    Integer known = ids.putIfAbsent(exact, labels.size());
    if (known != null) {
      return known;
    }
    meter.reserve(bytes(exact));
    labels.add(exact);
    SeriesLimit.check(labels.size(), seriesMax);
    return labels.size() - 1;
  }

  /** What labels take in memory, about. */
  static long bytes(Labels labels) {
    long bytes = BYTES_PER_SERIES;
    for (Label label : labels.sorted()) {
      bytes += BYTES_PER_LABEL + label.name().length() + label.value().length();
    }
    return bytes;
  }

  private Labels labelsOf(RowLabels row) {
    return switch (key) {
      case SeriesKey.By(List<String> names) -> {
        List<Label> found = new ArrayList<>(names.size());
        for (String name : names) {
          String value = row.get(name);
          if (!value.isEmpty()) {
            found.add(new Label(name, value));
          }
        }
        yield new Labels(found);
      }
      case SeriesKey.Without without -> without.of(row.merged());
    };
  }

  private void remember(int hash, int series) {
    if (keyCount > SPARE_KEYS + 2 * labels.size()) {
      keyCount = 0;
      Arrays.fill(slots, 0);
    } else if (keyCount == keySeries.length) {
      grow();
    }
    int start = keyStarts[keyCount];
    int end = Math.addExact(start, buffer.length());
    if (end > keyBytes.length) {
      int capacity = Math.max(end, (int) Math.min(Integer.MAX_VALUE - 16L, keyBytes.length * 2L));
      meter.reserve(capacity - keyBytes.length);
      keyBytes = Arrays.copyOf(keyBytes, capacity);
    }
    System.arraycopy(buffer.bytes(), 0, keyBytes, start, buffer.length());
    keyStarts[keyCount + 1] = end;
    keyHashes[keyCount] = hash;
    keySeries[keyCount] = series;
    keyCount++;
    place(hash, keyCount);
  }

  private void place(int hash, int indexPlusOne) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = indexPlusOne;
  }

  private void grow() {
    int capacity = keyCount * 2;
    meter.reserve((long) keyCount * (3 + 2) * Integer.BYTES);
    keyStarts = Arrays.copyOf(keyStarts, capacity + 1);
    keyHashes = Arrays.copyOf(keyHashes, capacity);
    keySeries = Arrays.copyOf(keySeries, capacity);
    slots = new int[capacity * 2];
    for (int i = 0; i < keyCount; i++) {
      place(keyHashes[i], i + 1);
    }
  }
}
