package dev.skald.logql.engine;

import dev.skald.logql.pipeline.KeyBuffer;
import dev.skald.logql.pipeline.Pipeline;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.logql.pipeline.RowBatch;
import dev.skald.logql.pipeline.RowLabels;
import dev.skald.logql.syntax.Field;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.StatsFunction;
import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the rows of pages into the groups of {@code stats}. One thread at a time. */
final class StatsGroups implements Crew.Worker<PageRef> {
  /** Memory of a group's key and its place in the map. */
  private static final int OVERHEAD_BYTES = 160;

  private final MetricExpr.Stats stats;
  private final PipelineRun run;
  private final QueryMeter meter;
  private final PageTally tally;
  private final KeyBuffer key = new KeyBuffer();
  private final Map<ByteBuffer, Group> groups = new HashMap<>();

  /** A group and its results so far, in the order of the functions. */
  record Group(Labels labels, List<StatCell> cells) {
    static Group of(Labels labels, List<StatsFunction> functions, QueryMeter meter) {
      return new Group(labels, functions.stream().map(f -> StatCell.of(f, meter)).toList());
    }

    void absorb(Group other) {
      for (int i = 0; i < cells.size(); i++) {
        cells.get(i).absorb(other.cells.get(i));
      }
    }
  }

  StatsGroups(MetricExpr.Stats stats, Pipeline pipeline, QueryMeter meter) {
    this.stats = stats;
    this.meter = meter;
    run = pipeline.newRun(meter);
    tally = new PageTally(meter);
  }

  PageTally tally() {
    return tally;
  }

  Collection<Group> groups() {
    return groups.values();
  }

  @Override
  public Crew.Wanted work(PageRef ref, int index) {
    PageRows read = ref.read();
    Page page = read.page();
    Selection rows = read.rows();
    tally.count(ref, page, rows);
    run.prepare(page, rows);
    for (int from = 0, to; from < rows.count(); from = to) {
      meter.check();
      to = run.batchEnd(page, rows.rows(), from, rows.count());
      RowBatch batch = run.run(page, rows, from, to);
      meter.countPassed(batch.count());
      for (int i = 0; i < batch.count(); i++) {
        Group group = group(batch, i);
        RowLabels labels = batch.labels(i);
        for (StatCell cell : group.cells) {
          cell.add(labels);
        }
      }
    }
    return Crew.Wanted.MORE;
  }

  private Group group(RowBatch batch, int i) {
    key.reset();
    for (Field column : stats.columns()) {
      switch (column) {
        case Field.Label(String name) -> batch.labels(i).appendValue(name, key);
        case Field.Line _ ->
            key.appendPrefixed(batch.lineBytes(i), batch.lineStart(i), batch.lineEnd(i));
        case Field.EntryTime _ -> {
          byte[] digits = time(batch, i).getBytes(StandardCharsets.UTF_8);
          key.appendPrefixed(digits, 0, digits.length);
        }
        case Field.Value _ -> throw new IllegalStateException("a result is no column");
      }
    }
    Group known = groups.get(ByteBuffer.wrap(key.bytes(), 0, key.length()));
    if (known != null) {
      return known;
    }
    Group made = Group.of(labels(batch, i), stats.functions(), meter);
    meter.reserve(
        OVERHEAD_BYTES
            + key.length()
            + SeriesTable.bytes(made.labels)
            + (long) made.cells.size() * StatCell.BYTES);
    groups.put(ByteBuffer.wrap(key.toByteArray()), made);
    return made;
  }

  private Labels labels(RowBatch batch, int i) {
    Map<String, String> labels = new HashMap<>();
    for (Field column : stats.columns()) {
      String value =
          switch (column) {
            case Field.Label(String name) -> batch.labels(i).get(name);
            case Field.Line _ -> {
              int start = batch.lineStart(i);
              yield new String(
                  batch.lineBytes(i), start, batch.lineEnd(i) - start, StandardCharsets.UTF_8);
            }
            case Field.EntryTime _ -> time(batch, i);
            case Field.Value _ -> throw new IllegalStateException("a result is no column");
          };
      if (!value.isEmpty()) {
        labels.put(column.name(), value);
      }
    }
    return Labels.of(labels);
  }

  private static String time(RowBatch batch, int i) {
    return Long.toString(batch.timestampEpochNanos(i));
  }

  /** The groups of all workers, by labels: different bytes may mean the same text. */
  static List<Group> joined(List<StatsGroups> workers) {
    Map<Labels, Group> joined = new HashMap<>();
    for (StatsGroups worker : workers) {
      for (Group group : worker.groups()) {
        Group known = joined.putIfAbsent(group.labels, group);
        if (known != null) {
          known.absorb(group);
        }
      }
    }
    return new ArrayList<>(joined.values());
  }
}
