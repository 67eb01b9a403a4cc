package dev.skald.query;

import dev.skald.logql.engine.QueryBudget;
import dev.skald.logql.syntax.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
 * @param reads how much a query may have to read
 * @param queryTimeoutNanos wall time; 0 is no limit
 * @param memoryBytesMax working memory of one query; never off
 * @param alignsSteps whether range queries are aligned to their step (spec logql.md 8.2)
 * @param dialect the language that queries are in
 * @param features what of the language is answered beside what always is
 * @param querying whether anything is answered at all
 * @param volume of the volume API
 * @param blockedQueries the first whose text fits decides
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
    ReadLimits reads,
    long queryTimeoutNanos,
    long memoryBytesMax,
    StepAlignment alignsSteps,
    Dialect dialect,
    Set<Feature> features,
    Querying querying,
    Volume volume,
    List<BlockedQuery> blockedQueries) {
  public QueryLimits {
    requiredLabels = List.copyOf(requiredLabels);
    features = Set.copyOf(features);
    blockedQueries = List.copyOf(blockedQueries);
  }

  /** {@code max_query_parallelism: 0} turns querying off. */
  public enum Querying {
    ON,
    OFF
  }

  /**
   * Limits of the volume API.
   *
   * @param seriesMax series of an answer, before its own limit is applied; 0 is no limit
   */
  public record Volume(Access access, int seriesMax) {
    /** Whether it answers. */
    public enum Access {
      OPEN,
      CLOSED
    }
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
        ReadLimits.DEFAULTS,
        60_000_000_000L,
        64L << 20,
        StepAlignment.ALIGNED,
        Dialect.LOKI,
        Set.of(Feature.values()),
        Querying.ON,
        new Volume(Volume.Access.OPEN, 1000),
        List.of());
  }

  /** In Loki's dialect operands count too. */
  QueryBudget.SeriesCounted seriesCounted() {
    return switch (dialect) {
      case LOKI -> QueryBudget.SeriesCounted.OPERANDS;
      case SKALD -> QueryBudget.SeriesCounted.RESULT;
    };
  }

  /** The same in another dialect. */
  public QueryLimits with(Dialect other) {
    return new QueryLimits(
        entriesPerQueryMax,
        queryLengthNanosMax,
        queryLookbackNanosMax,
        queryRangeNanosMax,
        querySeriesMax,
        matchersMax,
        requiredLabels,
        labelsMin,
        reads,
        queryTimeoutNanos,
        memoryBytesMax,
        alignsSteps,
        other,
        features,
        querying,
        volume,
        blockedQueries);
  }

  /** What a query of both tenants may ask for: of each limit the one that allows less. */
  QueryLimits and(QueryLimits other) {
    Set<String> required = new LinkedHashSet<>(requiredLabels);
    required.addAll(other.requiredLabels);
    Set<Feature> common = new HashSet<>(features);
    common.retainAll(other.features);
    List<BlockedQuery> blocked = new ArrayList<>(blockedQueries);
    blocked.addAll(other.blockedQueries);
    boolean isOn = querying == Querying.ON && other.querying == Querying.ON;
    boolean isOpen =
        volume.access == Volume.Access.OPEN && other.volume.access == Volume.Access.OPEN;
    return new QueryLimits(
        (int) lower(entriesPerQueryMax, other.entriesPerQueryMax),
        lower(queryLengthNanosMax, other.queryLengthNanosMax),
        lower(queryLookbackNanosMax, other.queryLookbackNanosMax),
        lower(queryRangeNanosMax, other.queryRangeNanosMax),
        (int) lower(querySeriesMax, other.querySeriesMax),
        (int) lower(matchersMax, other.matchersMax),
        List.copyOf(required),
        Math.max(labelsMin, other.labelsMin),
        reads.and(other.reads),
        lower(queryTimeoutNanos, other.queryTimeoutNanos),
        Math.min(memoryBytesMax, other.memoryBytesMax),
        alignsSteps,
        dialect == other.dialect ? dialect : Dialect.LOKI,
        common,
        isOn ? Querying.ON : Querying.OFF,
        new Volume(
            isOpen ? Volume.Access.OPEN : Volume.Access.CLOSED,
            (int) lower(volume.seriesMax, other.volume.seriesMax)),
        blocked);
  }

  /** What a request may ask for that limits itself. */
  QueryLimits and(RequestLimits own) {
    return and(
        new QueryLimits(
            own.entriesPerQueryMax(),
            own.queryLengthNanosMax(),
            own.queryLookbackNanosMax(),
            own.queryRangeNanosMax(),
            0,
            0,
            own.requiredLabels(),
            own.labelsMin(),
            reads.within(own.queryBytesMax()),
            own.queryTimeoutNanos(),
            memoryBytesMax,
            alignsSteps,
            dialect,
            features,
            Querying.ON,
            new Volume(Volume.Access.OPEN, 0),
            List.of()));
  }

  /** The smaller of two limits of which 0 is none. */
  static long lower(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }
}
