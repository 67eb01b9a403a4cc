package dev.skald.query.plain;

import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.LogqlSyntaxException;
import dev.skald.model.Direction;
import java.util.Random;

/** A query and how it is to be run. */
record Question(String query, QueryParams params) {
  private static final int INSTANT_LIMIT = 100;

  static Question random(Random random) {
    return random.nextInt(3) == 0
        ? new Question(RandomQuery.log(random), logParams(random))
        : new Question(RandomQuery.metric(random), metricParams(random));
  }

  Expr expr() {
    try {
      return LogqlParser.parse(query, new GoTemplateCheck());
    } catch (LogqlSyntaxException e) {
      throw new IllegalStateException("no query: " + query, e);
    }
  }

  private static QueryParams logParams(Random random) {
    long a = time(random);
    long b = time(random);
    boolean isAll = random.nextInt(4) > 0;
    int[] limits = {1, 2, 5, 10, 30, 1000};
    return new QueryParams(
        QueryParams.Kind.RANGE,
        isAll ? RandomEntries.START_EPOCH_NANOS : Math.min(a, b),
        isAll ? RandomEntries.START_EPOCH_NANOS + 3600 * RandomEntries.SECOND : Math.max(a, b) + 1,
        RandomEntries.SECOND,
        0,
        limits[random.nextInt(limits.length)],
        random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD);
  }

  private static QueryParams metricParams(Random random) {
    long start = time(random);
    if (random.nextInt(3) == 0) {
      return new QueryParams(
          QueryParams.Kind.INSTANT, start, start, 0, 0, INSTANT_LIMIT, Direction.BACKWARD);
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
