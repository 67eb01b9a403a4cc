package dev.skald.query;

import dev.skald.logql.syntax.Dialect;
import java.util.List;
import java.util.Set;

/**
 * What a tenant's queries may ask for (spec limits.md 2). Zero turns a limit off unless said otherwise.
 *
 * @param entriesPerQueryMax entries that a log query may ask for
 * @param queryLengthNanosMax end - start
 * @param queryLookbackNanosMax how far back from now a query may reach; start is moved, not refused
 * @param queryRangeNanosMax {@code [range]}
 * @param querySeriesMax series of a metric result
 * @param matchersMax matchers of a selector
 * @param requiredLabels names that every selector must mention
 * @param labelsMin least number of matchers
 * @param queryBytesMax line bytes that a query may have to read
 * @param queryTimeoutNanos wall time
 * @param memoryBytesMax working memory of one query; never off
 * @param alignsSteps whether range queries are aligned to their step (spec logql.md 8.2)
 * @param dialect the language that queries are in
 * @param features what of the language is answered beside what always is
 */
public record QueryLimits(
    int entriesPerQueryMax,
    long queryLengthNanosMax,
    long queryLookbackNanosMax,
    long queryRangeNanosMax,
    int querySeriesMax,
    int matchersMax,
    List<String> requiredLabels,
    int labelsMin,
    long queryBytesMax,
    long queryTimeoutNanos,
    long memoryBytesMax,
    StepAlignment alignsSteps,
    Dialect dialect,
    Set<Feature> features) {
  public QueryLimits {
    requiredLabels = List.copyOf(requiredLabels);
    features = Set.copyOf(features);
  }

  /** What Loki refuses unless it is turned on (spec logql.md 8.6 and 12). */
  public enum Feature {
    VARIANTS,
    APPROX_TOPK
  }

  /** Whether a range query's start and end move to multiples of its step. */
  public enum StepAlignment {
    ALIGNED,
    AS_GIVEN
  }

  /** Loki's defaults and its dialect, with all features. */
  public static QueryLimits defaults() {
    long hourNanos = 3_600_000_000_000L;
    return new QueryLimits(
        5000,
        721 * hourNanos,
        0,
        0,
        500,
        1000,
        List.of(),
        0,
        0,
        60_000_000_000L,
        64L << 20,
        StepAlignment.ALIGNED,
        Dialect.LOKI,
        Set.of(Feature.values()));
  }
}
