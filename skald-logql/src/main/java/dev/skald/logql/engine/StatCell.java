package dev.skald.logql.engine;

import dev.skald.logql.pipeline.RowLabels;
import dev.skald.logql.syntax.StatsFunction;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** A group's running result of one function of {@code stats}. One thread. */
abstract sealed class StatCell {
  /** Memory of a cell, and of the group's place for it. */
  static final int BYTES = 56;

  /** Adds an entry. */
  abstract void add(RowLabels labels);

  /** Adds another worker's cell of the same group and function. */
  abstract void absorb(StatCell other);

  /** NaN where the function has no result: the mean of nothing. */
  abstract double result();

  static StatCell of(StatsFunction function, QueryMeter meter) {
    String label = function.label();
    if (label == null) {
      return new All();
    }
    return switch (function.kind()) {
      case COUNT -> new Present(label);
      case SUM -> new Sum(label, 0);
      case AVG -> new Sum(label, Double.NaN);
      case MIN -> new Extreme(label, ExtremeCells.Extreme.MIN);
      case MAX -> new Extreme(label, ExtremeCells.Extreme.MAX);
      case STDDEV -> new Spread(label, Deviation.STANDARD);
      case STDVAR -> new Spread(label, Deviation.VARIANCE);
      case QUANTILE -> new Ranks(label, Objects.requireNonNull(function.parameter()), meter);
      case COUNT_DISTINCT -> new Distinct(label, meter);
    };
  }

  /** {@code count()}. */
  private static final class All extends StatCell {
    private long count;

    @Override
    void add(RowLabels labels) {
      count++;
    }

    @Override
    void absorb(StatCell other) {
      count += ((All) other).count;
    }

    @Override
    double result() {
      return count;
    }
  }

  /** {@code count(x)}. */
  private static final class Present extends StatCell {
    private final String label;
    private long count;

    Present(String label) {
      this.label = label;
    }

    @Override
    void add(RowLabels labels) {
      count += labels.get(label).isEmpty() ? 0 : 1;
    }

    @Override
    void absorb(StatCell other) {
      count += ((Present) other).count;
    }

    @Override
    double result() {
      return count;
    }
  }

  /** Those that take a number from each entry that has one. */
  private abstract static sealed class OfNumbers extends StatCell {
    private final String label;

    OfNumbers(String label) {
      this.label = label;
    }

    @Override
    final void add(RowLabels labels) {
      double number = labels.number(label);
      if (!Double.isNaN(number)) {
        add(number);
      }
    }

    abstract void add(double number);
  }

  /** Sum and mean; the error of each addition is kept, as in {@link SumCells}. */
  private static final class Sum extends OfNumbers {
    /** Of no numbers; NaN tells the mean from the sum. */
    private final double ofNone;

    private long count;
    private double sum;
    private double error;

    Sum(String label, double ofNone) {
      super(label);
      this.ofNone = ofNone;
    }

    @Override
    void add(double number) {
      count++;
      double next = sum + number;
      if (Double.isFinite(next)) {
        double added = next - sum;
        error += (sum - (next - added)) + (number - added);
      }
      sum = next;
    }

    @Override
    void absorb(StatCell other) {
      Sum more = (Sum) other;
      long total = count + more.count;
      add(more.sum);
      error += more.error;
      count = total;
    }

    @Override
    double result() {
      if (count == 0) {
        return ofNone;
      }
      return Double.isNaN(ofNone) ? (sum + error) / count : sum + error;
    }
  }

  private static final class Extreme extends OfNumbers {
    private final ExtremeCells.Extreme extreme;
    private double value = Double.NaN;

    Extreme(String label, ExtremeCells.Extreme extreme) {
      super(label);
      this.extreme = extreme;
    }

    @Override
    void add(double number) {
      value = Double.isNaN(value) ? number : ExtremeCells.further(extreme, value, number);
    }

    @Override
    void absorb(StatCell other) {
      Extreme more = (Extreme) other;
      if (!Double.isNaN(more.value)) {
        add(more.value);
      }
    }

    @Override
    double result() {
      return value;
    }
  }

  /** Of the whole population (Welford 1962; joined as Chan, Golub and LeVeque 1979). */
  private static final class Spread extends OfNumbers {
    private final Deviation deviation;
    private long count;
    private double mean;
    private double squares;

    Spread(String label, Deviation deviation) {
      super(label);
      this.deviation = deviation;
    }

    @Override
    void add(double number) {
      count++;
      double delta = number - mean;
      mean += delta / count;
      squares += delta * (number - mean);
    }

    @Override
    void absorb(StatCell other) {
      Spread more = (Spread) other;
      long total = count + more.count;
      if (more.count == 0) {
        return;
      }
      double delta = more.mean - mean;
      squares += more.squares + delta * delta * count * more.count / total;
      mean += delta * more.count / total;
      count = total;
    }

    @Override
    double result() {
      return count == 0 ? Double.NaN : deviation.finish(squares / count);
    }
  }

  /** Quantiles, of all numbers. */
  private static final class Ranks extends OfNumbers {
    private final double phi;
    private final QueryMeter meter;
    private double[] values = new double[0];
    private int count;

    Ranks(String label, double phi, QueryMeter meter) {
      super(label);
      this.phi = phi;
      this.meter = meter;
    }

    @Override
    void add(double number) {
      if (count == values.length) {
        int capacity = Math.max(8, count * 2);
        meter.reserve((long) (capacity - count) * Double.BYTES);
        values = Arrays.copyOf(values, capacity);
      }
      values[count++] = number;
    }

    @Override
    void absorb(StatCell other) {
      Ranks more = (Ranks) other;
      for (int i = 0; i < more.count; i++) {
        add(more.values[i]);
      }
    }

    @Override
    double result() {
      return count == 0 ? Double.NaN : new Quantile(phi).of(new long[0], values, 0, count, 0, 0);
    }
  }

  private static final class Distinct extends StatCell {
    /** A string, its array, its place in the set. */
    private static final int BYTES_PER_VALUE = 120;

    private final String label;
    private final QueryMeter meter;
    private final Set<String> values = new HashSet<>();

    Distinct(String label, QueryMeter meter) {
      this.label = label;
      this.meter = meter;
    }

    @Override
    void add(RowLabels labels) {
      add(labels.get(label));
    }

    private void add(String value) {
      if (!value.isEmpty() && values.add(value)) {
        meter.reserve(BYTES_PER_VALUE + 2L * value.length());
      }
    }

    @Override
    void absorb(StatCell other) {
      ((Distinct) other).values.forEach(this::add);
    }

    @Override
    double result() {
      return values.size();
    }
  }
}
