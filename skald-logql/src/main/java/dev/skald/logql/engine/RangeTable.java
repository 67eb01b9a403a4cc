package dev.skald.logql.engine;

import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a worker has gathered for a range function, by series number. One thread. */
abstract sealed class RangeTable {
  /** Adds a sample. {@code series} is at most one more than the greatest so far. */
  abstract void add(int series, int cell, Observation observation);

  /**
   * Writes the function's values for a series that several workers have met, and frees their
   * memory. Different series may be written by different threads at once.
   *
   * @param parts at least one
   */
  abstract void windows(List<Part> parts, StepSeries out);

  /** A series of one worker's table. */
  record Part(RangeTable table, int series) {}

  /** An empty table for {@code function}. */
  static RangeTable of(
      RangeFunction function,
      @Nullable Double parameter,
      boolean unwrapped,
      WindowCells windows,
      double divisor,
      QueryMeter meter) {
    return switch (function) {
      case RATE ->
          ofCells(
              unwrapped ? new SumCells(SumCells.Value.SUM, 0) : new CountCells(0),
              windows,
              divisor,
              meter);
      case COUNT_OVER_TIME, ABSENT_OVER_TIME -> ofCells(new CountCells(0), windows, divisor, meter);
      case BYTES_RATE, BYTES_OVER_TIME -> ofCells(new ByteCells(0), windows, divisor, meter);
      case SUM_OVER_TIME -> ofCells(new SumCells(SumCells.Value.SUM, 0), windows, divisor, meter);
      case AVG_OVER_TIME -> ofCells(new SumCells(SumCells.Value.MEAN, 0), windows, divisor, meter);
      case MIN_OVER_TIME ->
          ofCells(new ExtremeCells(ExtremeCells.Extreme.MIN, 0), windows, divisor, meter);
      case MAX_OVER_TIME ->
          ofCells(new ExtremeCells(ExtremeCells.Extreme.MAX, 0), windows, divisor, meter);
      case FIRST_OVER_TIME ->
          ofCells(new EdgeCells(EdgeCells.Edge.FIRST, 0), windows, divisor, meter);
      case LAST_OVER_TIME ->
          ofCells(new EdgeCells(EdgeCells.Edge.LAST, 0), windows, divisor, meter);
      case STDVAR_OVER_TIME -> new OfSamples(() -> Deviation.VARIANCE, windows, meter);
      case STDDEV_OVER_TIME -> new OfSamples(() -> Deviation.STANDARD, windows, meter);
      case RATE_COUNTER ->
          new OfSamples(() -> new CounterRate(CounterRate.Edges.REACHED), windows, meter);
      case RATE_COUNTER_UNSTRETCHED ->
          new OfSamples(() -> new CounterRate(CounterRate.Edges.LEFT), windows, meter);
      case QUANTILE_OVER_TIME -> {
        double phi = Objects.requireNonNull(parameter);
        yield new OfSamples(() -> new Quantile(phi), windows, meter);
      }
    };
  }

  private static RangeTable ofCells(
      Cells kind, WindowCells windows, double divisor, QueryMeter meter) {
    return new OfCells(kind, windows, divisor, meter);
  }

  /** Functions whose cells can be merged: constant memory per cell. */
  static final class OfCells extends RangeTable {
    private final Cells kind;
    private final WindowCells windows;
    private final double divisor;
    private final QueryMeter meter;
    private final List<CellSeries> series = new ArrayList<>();

    private OfCells(Cells kind, WindowCells windows, double divisor, QueryMeter meter) {
      this.kind = kind;
      this.windows = windows;
      this.divisor = divisor;
      this.meter = meter;
    }

    /** The cells of a series; made if new. */
    CellSeries cells(int index) {
      if (index == series.size()) {
        series.add(new CellSeries(windows, kind, meter));
      }
      return series.get(index);
    }

    @Override
    void add(int index, int cell, Observation observation) {
      CellSeries cells = cells(index);
      int at = cells.index(cell);
      cells.cells().add(at, observation);
    }

    @Override
    void windows(List<Part> parts, StepSeries out) {
      CellSeries all = cellsOf(parts.getFirst());
      for (Part part : parts.subList(1, parts.size())) {
        CellSeries more = cellsOf(part);
        all.absorb(more);
        more.release();
      }
      all.windows(out, divisor);
      all.release();
    }

    private static CellSeries cellsOf(Part part) {
      return ((OfCells) part.table).series.get(part.series);
    }
  }

  /** Functions that need every sample of a window, in order of time. */
  static final class OfSamples extends RangeTable {
    private final Supplier<WindowFunction> newFunction;
    private final WindowCells windows;
    private final QueryMeter meter;
    private final List<SampleList> series = new ArrayList<>();

    private OfSamples(Supplier<WindowFunction> newFunction, WindowCells windows, QueryMeter meter) {
      this.newFunction = newFunction;
      this.windows = windows;
      this.meter = meter;
    }

    @Override
    void add(int index, int cell, Observation observation) {
      if (index == series.size()) {
        series.add(new SampleList(meter));
      }
      series.get(index).add(observation);
    }

    @Override
    void windows(List<Part> parts, StepSeries out) {
      List<SampleList> lists = new ArrayList<>();
      for (Part part : parts) {
        lists.add(((OfSamples) part.table).series.get(part.series));
      }
      WindowFunction function = newFunction.get();
      CellSamples cells = cells(lists, function);
      if (cells.overlapMuch(out.steps())) {
        function.ofOverlapping(cells, out);
      } else {
        function.ofEach(cells, out);
      }
      cells.samples().release();
    }

    private CellSamples cells(List<SampleList> lists, WindowFunction function) {
      if (!function.readsTimes()) {
        return SampleList.valuesInCells(lists, windows, meter);
      }
      SampleList samples = SampleList.joined(lists, meter);
      int[] cellStarts = samples.sortIntoCells(windows);
      if (function.order() == WindowFunction.SampleOrder.TIME) {
        samples.sortByTime(cellStarts);
      }
      return new CellSamples(samples, cellStarts, windows, meter);
    }
  }
}
