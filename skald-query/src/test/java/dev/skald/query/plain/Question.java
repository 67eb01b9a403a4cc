package dev.skald.query.plain;

import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Direction;
import java.util.Random;

/** A query and how it is to be run. */
record Question(String query, Dialect dialect, QueryParams params) {
  private static final int INSTANT_LIMIT = 100;

  /** How far back an instant query's {@code stats} look. */
  private static final long SINCE_NANOS = 200 * RandomEntries.SECOND;

  static Question random(Random random) {
    boolean isLog = random.nextInt(3) == 0;
    if (random.nextInt(8) == 0) {
      String query = isLog ? RandomExtensions.log(random) : RandomExtensions.metric(random);
      QueryParams params = isLog ? logParams(random, 0) : metricParams(random);
      return new Question(query, Dialect.SKALD, params);
    }
    String query = isLog ? RandomQuery.log(random) : RandomQuery.metric(random);
    long interval = random.nextInt(5) == 0 ? (1 + random.nextInt(20)) * RandomEntries.SECOND : 0;
    QueryParams params = isLog ? logParams(random, interval) : metricParams(random);
    return new Question(query, Dialect.LOKI, params);
  }

  Expr expr() {
    try {
      return LogqlParser.parse(query, new GoTemplateCheck(), dialect);
    } catch (LogqlSyntaxException e) {
      throw new IllegalStateException("no query: " + query, e);
    }
  }

  private static QueryParams logParams(Random random, long intervalNanos) {
    long a = time(random);
    long b = time(random);
    boolean isAll = random.nextInt(4) > 0;
    int[] limits = {1, 2, 5, 10, 30, 1000};
    return new QueryParams(
        QueryParams.Kind.RANGE,
        isAll ? RandomEntries.START_EPOCH_NANOS : Math.min(a, b),
        isAll ? RandomEntries.START_EPOCH_NANOS + 3600 * RandomEntries.SECOND : Math.max(a, b) + 1,
        RandomEntries.SECOND,
        intervalNanos,
        limits[random.nextInt(limits.length)],
        random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD);
  }

  private static QueryParams metricParams(Random random) {
    long start = time(random);
    if (random.nextInt(3) == 0) {
      return new QueryParams(
          QueryParams.Kind.INSTANT,
          start - SINCE_NANOS,
          start,
          0,
          0,
          INSTANT_LIMIT,
          Direction.BACKWARD);
    }
    int[] steps = {7, 15, 30, 60, 60, 120, 300};
    long step = steps[random.nextInt(steps.length)] * RandomEntries.SECOND;
    long end = start + step * random.nextInt(12) + random.nextInt(2) * RandomEntries.SECOND;
    return new QueryParams(
        QueryParams.Kind.RANGE, start, end, step, 0, INSTANT_LIMIT, Direction.BACKWARD);
  }

  /** Mostly a whole second, as most entries have. */
  private static long time(Random random) {
    long nanos = random.nextInt(6) == 0 ? random.nextInt((int) RandomEntries.SECOND) : 0;
    long second = 20L + random.nextInt(RandomEntries.SECONDS);
    return RandomEntries.START_EPOCH_NANOS + second * RandomEntries.SECOND + nanos;
  }
}
