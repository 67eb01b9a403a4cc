package dev.skald.query.plain;

import dev.skald.logql.syntax.MetricExpr.RangeFunction;
import java.util.List;

/**
 * The numbers of range functions (spec logql.md 8.3, 8.5) over a window that has samples, in order
 * of time.
 */
final class PlainRangeFunctions {
  private PlainRangeFunctions() {}

  /**
   * @param parameter quantile's φ
   * @param startEpochNanos of the window, exclusive
   * @param endEpochNanos of the window, inclusive
   */
  static double of(
      RangeFunction function,
      double parameter,
      List<PlainSample> window,
      long startEpochNanos,
      long endEpochNanos) {
    double[] values = window.stream().mapToDouble(PlainSample::value).toArray();
    double seconds = (endEpochNanos - startEpochNanos) / 1e9;
    return switch (function) {
      case COUNT_OVER_TIME -> values.length;
      case SUM_OVER_TIME, BYTES_OVER_TIME -> sum(values);
      case RATE, BYTES_RATE -> sum(values) / seconds;
      case AVG_OVER_TIME -> mean(values);
      case MIN_OVER_TIME -> min(values);
      case MAX_OVER_TIME -> max(values);
      case STDVAR_OVER_TIME -> variance(values);
      case STDDEV_OVER_TIME -> Math.sqrt(variance(values));
      case QUANTILE_OVER_TIME -> quantile(parameter, values);
      case FIRST_OVER_TIME -> {
        refuseTie(window, window.getFirst());
        yield values[0];
      }
      case LAST_OVER_TIME -> {
        refuseTie(window, window.getLast());
        yield values[values.length - 1];
      }
      case RATE_COUNTER -> {
        window.forEach(sample -> refuseTie(window, sample));
        yield counterRate(window, startEpochNanos, endEpochNanos);
      }
      case RATE_COUNTER_UNSTRETCHED -> throw new IllegalArgumentException("no text has it");
      case ABSENT_OVER_TIME -> throw new IllegalArgumentException("absent_over_time has no window");
    };
  }

  /** Samples of different origin at one time have no order. */
  private static void refuseTie(List<PlainSample> window, PlainSample sample) {
    for (PlainSample other : window) {
      if (other.epochNanos() == sample.epochNanos()
          && other.value() != sample.value()
          && !other.origin().equals(sample.origin())) {
        throw new PlainUndetermined("the order of samples at one time");
      }
    }
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** An infinite mean stays unless the opposite infinity, or NaN, arrives. */
  static double mean(double[] values) {
    double mean = 0;
    for (int k = 1; k <= values.length; k++) {
      double value = values[k - 1];
      boolean stays =
          Double.isInfinite(mean)
              && !Double.isNaN(value)
              && (!Double.isInfinite(value) || value == mean);
      if (!stays) {
        mean += value / k - mean / k;
      }
    }
    return mean;
  }

  static double min(double[] values) {
    double min = Double.NaN;
    for (double value : values) {
      min = Double.isNaN(min) || value < min ? value : min;
    }
    return min;
  }

  static double max(double[] values) {
    double max = Double.NaN;
    for (double value : values) {
      max = Double.isNaN(max) || value > max ? value : max;
    }
    return max;
  }

  /** Of the population; as Welford computes it. */
  static double variance(double[] values) {
    double mean = 0;
    double squares = 0;
    for (int k = 1; k <= values.length; k++) {
      double delta = values[k - 1] - mean;
      mean += delta / k;
      squares += delta * (values[k - 1] - mean);
    }
    return squares / values.length;
  }

  static double quantile(double phi, double[] values) {
    if (phi < 0 || phi > 1) {
      return phi < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double[] ascending = values.clone();
    java.util.Arrays.sort(ascending);
    if (Double.isNaN(ascending[ascending.length - 1])) {
      throw new PlainUndetermined("a quantile with NaN");
    }
    double rank = phi * (ascending.length - 1);
    int lower = (int) Math.floor(rank);
    int upper = Math.min(lower + 1, ascending.length - 1);
    double weight = rank - lower;
    return ascending[lower] * (1 - weight) + ascending[upper] * weight;
  }

  private static double counterRate(List<PlainSample> window, long start, long end) {
    int n = window.size();
    if (n < 2) {
      return 0;
    }
    double first = window.getFirst().value();
    double growth = window.getLast().value() - first;
    for (int i = 1; i < n; i++) {
      double previous = window.get(i - 1).value();
      growth += window.get(i).value() < previous ? previous : 0;
    }
    double sampled = (window.getLast().epochNanos() - window.getFirst().epochNanos()) / 1e9;
    double average = sampled / (n - 1);
    double toStart = (window.getFirst().epochNanos() - start) / 1e9;
    double toEnd = (end - window.getLast().epochNanos()) / 1e9;
    toStart = toStart >= 1.1 * average ? average / 2 : toStart;
    if (growth > 0 && first >= 0) {
      toStart = Math.min(toStart, sampled * first / growth);
    }
    toEnd = toEnd >= 1.1 * average ? average / 2 : toEnd;
    return growth * (sampled + toStart + toEnd) / sampled / ((end - start) / 1e9);
  }
}
