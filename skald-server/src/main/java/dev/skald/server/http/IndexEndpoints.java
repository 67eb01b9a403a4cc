package dev.skald.server.http;

import dev.skald.clock.EpochClock;
import dev.skald.config.ByteSize;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.engine.QueryAnswer;
import dev.skald.model.Direction;
import dev.skald.protocol.query.JsonTreeWriter;
import dev.skald.protocol.query.QueryResultWriter;
import dev.skald.protocol.query.ResponseFormat;
import dev.skald.query.IndexQueries;
import dev.skald.query.IndexStats;
import dev.skald.query.TenantSet;
import dev.skald.query.VolumeRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code index/stats}, {@code index/volume}, {@code index/volume_range}, {@code index/shards} (spec http-api.md 3.8 to 3.10). */
final class IndexEndpoints {
  private static final int LIMIT_DEFAULT = 100;

  /** Upper bound of a shard that is everything. */
  private static final BigInteger HASH_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private final EpochClock clock;
  private final IndexQueries queries;

  IndexEndpoints(EpochClock clock, IndexQueries queries) {
    this.clock = clock;
    this.queries = queries;
  }

  Reply stats(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    StepParameter.read(parameters, span); // not used, but not to be wrong
    IndexStats stats =
        queries.stats(tenants, parameters.first("query"), span.inclusive(), exchange::cancelled);
    return Reply.json(JsonTreeWriter.write(tree(stats)));
  }

  private static Map<String, @Nullable Object> tree(IndexStats stats) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("streams", stats.streams());
    tree.put("chunks", stats.chunks());
    tree.put("bytes", stats.bytes());
    tree.put("entries", stats.entries());
    return tree;
  }

  Reply volume(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    return volume(exchange, tenants, parameters, span, 0);
  }

  Reply volumeRange(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    return volume(exchange, tenants, parameters, span, StepParameter.read(parameters, span));
  }

  private Reply volume(
      Exchange exchange,
      TenantSet tenants,
      Parameters parameters,
      SpanParameters.Bounds span,
      long stepNanos)
      throws IOException {
    VolumeRequest request =
        new VolumeRequest(
            parameters.first("query"),
            span.inclusive(),
            stepNanos,
            limit(parameters),
            targetLabels(parameters),
            aggregation(parameters),
            exchange::cancelled);
    QueryAnswer answer = queries.volume(tenants, request);
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    QueryResultWriter.writeResult(
        out,
        answer.result(),
        answer.stats(),
        answer.warnings(),
        new ResponseFormat(List.of(), Direction.BACKWARD));
    return Reply.json(out.toByteArray());
  }

  private static int limit(Parameters parameters) {
    String text = parameters.first("limit");
    int limit = text.isEmpty() ? 0 : QueryEndpoints.integer(text);
    if (limit < 0) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "limit must be a positive value");
    }
    return limit == 0 ? LIMIT_DEFAULT : limit;
  }

  private static List<String> targetLabels(Parameters parameters) {
    return Arrays.stream(parameters.first("targetLabels").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private static VolumeRequest.Aggregation aggregation(Parameters parameters) {
    return switch (parameters.first("aggregateBy")) {
      case "", "series" -> VolumeRequest.Aggregation.SERIES;
      case "labels" -> VolumeRequest.Aggregation.LABELS;
      default -> throw SkaldException.of(ErrorKind.BAD_REQUEST, "invalid aggregation option");
    };
  }

  Reply shards(Exchange exchange) throws IOException {
    TenantSet tenants = exchange.tenants();
    Parameters parameters = exchange.parameters();
    SpanParameters.Bounds span = SpanParameters.forward(parameters, clock.nowEpochNanos());
    checkTarget(parameters.first("targetBytesPerShard"));
    IndexStats stats =
        queries.shard(tenants, parameters.first("query"), span.inclusive(), exchange::cancelled);
    Map<String, @Nullable Object> bounds = new LinkedHashMap<>();
    bounds.put("min", 0);
    bounds.put("max", HASH_MAX);
    Map<String, @Nullable Object> shard = new LinkedHashMap<>();
    shard.put("bounds", bounds);
    shard.put("stats", tree(stats));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("shards", List.of(shard));
    body.put("statistics", Map.of());
    body.put("chunkGroups", null);
    return Reply.json(JsonTreeWriter.write(body));
  }

  private static void checkTarget(String text) {
    try {
      if (!text.isEmpty() && ByteSize.parse(text).bytes() > 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, String.valueOf(e.getMessage()), e);
    }
    if (!text.isEmpty()) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "targetBytesPerShard must be a positive value");
    }
  }
}
