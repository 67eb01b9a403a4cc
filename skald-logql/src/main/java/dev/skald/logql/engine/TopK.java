package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * {@code topk}, {@code bottomk} and {@code approx_topk}, which here is exact: at each step, of each
 * group, the k series with the greatest (smallest) values; the others have no value there. NaN
 * comes last. Of equal values the series that stands first is kept.
 */
final class TopK {
  private final long k;
  private final Comparator<Ranked> bestFirst;

  /** A series' value at one step; {@code place} is the series' place in the vector. */
  private record Ranked(int place, double value) {}

  private TopK(long k, Comparator<Ranked> bestFirst) {
    this.k = k;
    this.bestFirst = bestFirst;
  }

  static TopK of(VectorAggregation aggregation) {
    Comparator<Ranked> byValue =
        switch (aggregation.operator()) {
          case TOPK, APPROX_TOPK -> (a, b) -> SortStep.DESCENDING.compare(a.value, b.value);
          case BOTTOMK -> (a, b) -> SortStep.ASCENDING.compare(a.value, b.value);
          case SUM, AVG, MAX, MIN, COUNT, STDDEV, STDVAR, SORT, SORT_DESC ->
              throw new IllegalStateException(aggregation.operator().text());
        };
    return new TopK(aggregation.parameter(), byValue.thenComparingInt(Ranked::place));
  }

  /** Series that are among the best at some step. Of a single step: best first, group by group. */
  List<StepSeries> apply(SeriesKey key, List<StepSeries> inner, StepGrid grid, QueryMeter meter) {
    Map<Labels, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < inner.size(); i++) {
      groups.computeIfAbsent(key.of(inner.get(i).labels()), labels -> new ArrayList<>()).add(i);
    }
    StepSeries[] kept = new StepSeries[inner.size()];
    List<StepSeries> inOrder = new ArrayList<>();
    for (List<Integer> group : groups.values()) {
      for (int step = 0; step < grid.count(); step++) {
        meter.check();
        for (Ranked ranked : best(group, inner, step)) {
          int place = ranked.place;
          if (kept[place] == null) {
            meter.reserve(StepSeries.bytes(grid.count()));
            kept[place] = new StepSeries(inner.get(place).labels(), grid.count());
            inOrder.add(kept[place]);
          }
          kept[place].set(step, ranked.value);
        }
      }
    }
    return inOrder;
  }

  private List<Ranked> best(List<Integer> group, List<StepSeries> inner, int step) {
    PriorityQueue<Ranked> worstFirst = new PriorityQueue<>(bestFirst.reversed());
    for (int place : group) {
      StepSeries series = inner.get(place);
      if (!series.has(step)) {
        continue;
      }
      Ranked ranked = new Ranked(place, series.value(step));
      if (worstFirst.size() < k) {
        worstFirst.add(ranked);
      } else if (bestFirst.compare(ranked, worstFirst.element()) < 0) {
        worstFirst.remove();
        worstFirst.add(ranked);
      }
    }
    Ranked[] best = worstFirst.toArray(Ranked[]::new);
    Arrays.sort(best, bestFirst);
    return List.of(best);
  }
}
