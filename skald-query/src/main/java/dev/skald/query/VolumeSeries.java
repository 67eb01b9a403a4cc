package dev.skald.query;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.QueryResult;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import dev.skald.model.VolumeGrid;
import dev.skald.model.VolumeSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds the bytes of streams up to the series of a volume answer. */
final class VolumeSeries implements VolumeSink {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final VolumeRequest.Aggregation aggregation;
  private final Set<String> names;
  private final int seriesMax;
  private final VolumeGrid grid;
  private final long endEpochNanos;
  private final int lastBucket;
  private final Map<Labels, List<Sum>> sumsOf = new HashMap<>();
  private final Map<Labels, Sum> sums = new HashMap<>();

  /** Bytes per bucket. */
  private static final class Sum {
    private final Labels metric;
    private final TreeMap<Integer, Long> bytes = new TreeMap<>();
    private long total;

    Sum(Labels metric) {
      this.metric = metric;
    }
  }

  /**
   * @param selector whose labels the answer is by where the request names none; empty: all labels
   * @param seriesMax 0 is no limit
   */
  VolumeSeries(VolumeRequest request, List<Matcher> selector, VolumeGrid grid, int seriesMax) {
    this.aggregation = request.aggregation();
    this.names = new LinkedHashSet<>(request.targetLabels());
    this.seriesMax = seriesMax;
    this.grid = grid;
    this.endEpochNanos = request.span().endEpochNanos() - 1;
    long lastNanos = Math.max(request.span().startEpochNanos(), endEpochNanos - 1);
    this.lastBucket = grid.bucket(lastNanos);
    if (names.isEmpty() && aggregation == VolumeRequest.Aggregation.SERIES) {
      selector.forEach(matcher -> names.add(matcher.name()));
    }
  }

  @Override
  public void add(Labels stream, int bucket, long rows, long bytes) {
    for (Sum sum : sumsOf.computeIfAbsent(stream, this::sums)) {
      sum.bytes.merge(Math.min(bucket, lastBucket), bytes, Long::sum);
      sum.total += bytes;
    }
  }

  private List<Sum> sums(Labels stream) {
    List<Label> counted =
        stream.sorted().stream()
            .filter(label -> names.isEmpty() || names.contains(label.name()))
            .toList();
    return switch (aggregation) {
      case SERIES -> List.of(sum(new Labels(counted)));
      case LABELS -> counted.stream().map(label -> sum(Labels.of(label.name(), ""))).toList();
    };
  }

  private Sum sum(Labels metric) {
    Sum known = sums.get(metric);
    if (known == null) {
      if (seriesMax > 0 && sums.size() >= seriesMax) {
        throw new SkaldException(
            ErrorKind.LIMIT,
            "the query hit the max number of series limit (limit: %d series)",
            seriesMax);
      }
      known = new Sum(metric);
      sums.put(metric, known);
    }
    return known;
  }

  int count() {
    return sums.size();
  }

  int streamCount() {
    return sumsOf.size();
  }

  /** The largest sums first, equal ones by their labels' text. */
  QueryResult result(int limit) {
    List<Sum> largest =
        sums.values().stream()
            .sorted(
                Comparator.comparingLong((Sum sum) -> -sum.total)
                    .thenComparing(sum -> sum.metric.toString()))
            .limit(limit)
            .toList();
    boolean isVector = lastBucket == 0 || largest.isEmpty();
    List<Series> series = new ArrayList<>();
    for (Sum sum : largest) {
      series.add(new Series(sum.metric, isVector ? List.of(total(sum)) : samples(sum)));
    }
    return isVector ? new QueryResult.Vector(series) : new QueryResult.Matrix(series);
  }

  private Sample total(Sum sum) {
    return new Sample(Math.floorDiv(endEpochNanos, NANOS_PER_MILLI), sum.total);
  }

  /** One for each bucket from the first to the last that has entries, those without in between too. */
  private List<Sample> samples(Sum sum) {
    List<Sample> samples = new ArrayList<>();
    for (int bucket = sum.bytes.firstKey(); bucket <= sum.bytes.lastKey(); bucket++) {
      long bucketEnd = grid.firstEpochNanos() + (bucket + 1) * grid.stepNanos();
      long atMillis =
          bucket == lastBucket
              ? Math.floorDiv(endEpochNanos, NANOS_PER_MILLI)
              : Math.floorDiv(bucketEnd, NANOS_PER_MILLI) - 1;
      samples.add(new Sample(atMillis, sum.bytes.getOrDefault(bucket, 0L)));
    }
    return samples;
  }
}
