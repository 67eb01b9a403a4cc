package dev.skald.server.config;

import dev.skald.config.ByteSize;
import dev.skald.config.Default;
import dev.skald.config.Doc;
import dev.skald.config.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a tenant's queries may take; inlined in {@code limits_config:}. */
public record QueryPathLimits(
    @Doc("Pages that a query may touch; 0 is no limit.") @Default("2000000") int maxChunksPerQuery,
    @Doc("Series in the result of a metric query.") @Default("500") int maxQuerySeries,
    @Doc("Queries see nothing older than this; 0 is no limit.") @Default("0s")
        Duration maxQueryLookback,
    @Doc("Longest time between start and end; 0 is no limit.") @Default("30d1h")
        Duration maxQueryLength,
    @Doc("Longest [range] in a metric query; 0 is no limit.") @Default("0s") Duration maxQueryRange,
    @Doc("Parts of one query at a time; 0 turns querying off with 429.") @Default("32")
        int maxQueryParallelism,
    @Doc("Streams that a selector may find in one segment or answer; 0 is no limit.")
        @Default("100000")
        int cardinalityLimit,
    @Doc("Matchers in a selector.") @Default("1000") int maxStreamsMatchersPerQuery,
    @Doc("Tails at a time.") @Default("10") int maxConcurrentTailRequests,
    @Doc("Greatest limit of a log query; 0 is no limit.") @Default("5000")
        int maxEntriesLimitPerQuery,
    @Doc("Results newer than this are not kept in a cache.") @Default("10m")
        Duration maxCacheFreshnessPerQuery,
    @Doc("Longest time for a query; beyond it 504; 0 is no limit.") @Default("1m")
        Duration queryTimeout,
    @Doc("Working memory of one query, a key of Skald's own; beyond it an error that " + "says so.")
        @Default("64MB")
        @Range(min = 1)
        ByteSize maxQueryMemory,
    @Doc("Pieces of a range query; 0 does not split and turns step alignment off.") @Default("1h")
        Duration splitQueriesByInterval,
    @Doc(
            "Pieces of an instant query's range; with query_dialect loki longer ranges escape max_query_range.")
        @Default("1h")
        Duration splitInstantMetricQueriesByInterval,
    @Doc("Pieces of a query for labels and series.") @Default("1d")
        Duration splitMetadataQueriesByInterval,
    @Doc("Bytes that a query may have to read, as estimated before; 0 is no limit.") @Default("0B")
        ByteSize maxQueryBytesRead,
    @Doc("The same for each piece that split_queries_by_interval tells; 0 is no limit.")
        @Default("150GB")
        ByteSize maxQuerierBytesRead,
    @Doc("Serves the volume API.") @Default("true") boolean volumeEnabled,
    @Doc("Series in an answer of the volume API.") @Default("1000") int volumeMaxSeries,
    @Doc("Queries that are refused; the first rule that matches decides.") @Default("[]")
        List<BlockedQuery> blockedQueries,
    @Doc("Labels that a selector must mention.") @Default("[]") List<String> requiredLabels,
    @Doc("Matchers that a selector must have.") @Default("0") int minimumLabelsNumber,
    @Doc("Aggregations that query_dialect loki takes only when they stand here: approx_topk.")
        @Default("[]")
        List<String> shardAggregations,
    @Doc("Answers variants(...) of (...) with query_dialect loki too.") @Default("false")
        boolean enableMultiVariantQueries,
    @Doc(
            "loki refuses what Skald's language has beyond Loki's, and means by a query what Loki "
                + "3.7 means.")
        @Default("skald")
        QueryDialect queryDialect) {
  /** Which language queries are in. */
  public enum QueryDialect {
    SKALD,
    LOKI
  }

  /** A query that is refused: an item of {@code blocked_queries}. */
  public record BlockedQuery(
      @Doc("The text of the query, spaces around it left out; empty is every query.")
          @Default("\"\"")
          String pattern,
      @Doc("pattern is an RE2 expression, found anywhere in the text.") @Default("false")
          boolean regex,
      @Doc("If not 0, compared with the 32-bit FNV-1 hash of the text instead of pattern.")
          @Default("0")
          @Range(max = 0xFFFF_FFFFL)
          long hash,
      @Doc("Only these kinds: metric, filter (log query with a filter), limited (without).")
          @Default("[]")
          List<String> types,
      @Doc("Only with all of these in X-Query-Tags, in any case.") @Default("{}")
          Map<String, String> queryTags) {}
}
