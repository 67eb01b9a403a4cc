package dev.skald.logql.engine;

import dev.skald.bytes.SeededHash;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Ordering;
import dev.skald.model.Direction;
import dev.skald.model.ResultEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a log query part by part. A part is what the same query answers from the time on at which the part before
 * ended, without the entries of that time that were there already. So parts put together are the whole, whatever was
 * flushed or merged between them: the order of an answer does not depend on where entries lie. Entries that come while
 * parts are read are in a later part or in none.
 */
final class LogPageRun {
  private static final long HASH_SEED = 0x5ca1ab1e;

  private final LogQueryRun query;
  private final LogExpr expr;
  private final QueryParams given;
  private final Direction direction;

  LogPageRun(LogQueryRun query, LogExpr expr, QueryParams given) {
    this.query = query;
    this.expr = expr;
    this.given = given;
    this.direction = LogQueryRun.ordered(given, expr).direction();
    Ordering order = expr.order();
    boolean isByTime =
        order == null || (EntryOrder.beyondTime(order.keys()) == null && order.limit().isEmpty());
    if (!isByTime) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "pages go with an order by time alone, and without a limit in the query");
    }
  }

  /** The entries of a part, in order, and where the next begins. */
  record Part(List<FoundEntry> entries, Optional<PagePosition> next) {}

  Part run(@Nullable PagePosition after) {
    int wanted = given.limit();
    int skipped = after == null ? 0 : after.count();
    int asked = plus(wanted, skipped);
    while (true) {
      List<FoundEntry> found = query.found(expr, params(after, asked));
      boolean mayBeMore = found.size() >= asked;
      int from = after == null ? 0 : behind(found, after);
      boolean isOutOfSight = from < 0 || (from == found.size() && mayBeMore);
      if (isOutOfSight && mayBeMore && asked < Integer.MAX_VALUE) {
        asked = plus(asked, asked); // so many entries of that time came meanwhile
        continue;
      }
      if (from < 0) {
        from = Math.min(skipped, ofTime(found, found.size(), after));
      }
      int to = (int) Math.min(found.size(), (long) from + wanted);
      boolean isLast = to == found.size() && !mayBeMore;
      return new Part(
          found.subList(from, to),
          isLast || to == from ? Optional.empty() : Optional.of(position(found, to)));
    }
  }

  private static int plus(int a, int b) {
    return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
  }

  /** From the time of the position on, that time included. */
  private QueryParams params(@Nullable PagePosition after, int limit) {
    long start = given.startEpochNanos();
    long end = given.endEpochNanos();
    if (after != null) {
      switch (direction) {
        case FORWARD -> start = Math.max(start, after.epochNanos());
        case BACKWARD -> {
          long before =
              after.epochNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : after.epochNanos() + 1;
          end = Math.min(end, before);
        }
      }
    }
    return new QueryParams(
        given.kind(),
        Math.min(start, end),
        end,
        given.stepNanos(),
        given.intervalNanos(),
        limit,
        given.direction());
  }

  /** The index behind the entry that the position names; negative if it is not among those found. */
  private static int behind(List<FoundEntry> found, PagePosition after) {
    if (after.count() == 0) {
      return 0;
    }
    for (int i = 0; i < found.size(); i++) {
      FoundEntry one = found.get(i);
      if (one.entry().timestampEpochNanos() != after.epochNanos()) {
        return -1;
      }
      if (hash(one) == after.lastHash()) {
        return i + 1;
      }
    }
    return -1;
  }

  /** How many of the first {@code count} entries are of the position's time. */
  private static int ofTime(List<FoundEntry> found, int count, @Nullable PagePosition after) {
    int same = 0;
    while (after != null
        && same < count
        && found.get(same).entry().timestampEpochNanos() == after.epochNanos()) {
      same++;
    }
    return same;
  }

  private PagePosition position(List<FoundEntry> found, int to) {
    FoundEntry last = found.get(to - 1);
    long time = last.entry().timestampEpochNanos();
    if (given.intervalNanos() > 0) {
      long next =
          switch (direction) {
            case FORWARD -> saturated(time, given.intervalNanos());
            case BACKWARD -> saturated(time, -given.intervalNanos());
          };
      return new PagePosition(next, 0, 0);
    }
    int count = 0;
    for (int i = to - 1; i >= 0 && found.get(i).entry().timestampEpochNanos() == time; i--) {
      count++;
    }
    return new PagePosition(time, count, hash(last));
  }

  private static long saturated(long time, long nanos) {
    long sum = time + nanos;
    if (((time ^ sum) & (nanos ^ sum)) < 0) {
      return nanos > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return sum;
  }

  /** Of all that tells an entry from others of its time. */
  private static long hash(FoundEntry found) {
    ResultEntry entry = found.entry();
    byte[] labels =
        (found.source() + "\0" + entry.structuredMetadata() + "\0" + entry.parsed() + "\0")
            .getBytes(StandardCharsets.UTF_8);
    byte[] line = entry.line().getBytes(StandardCharsets.UTF_8);
    long ofLabels = SeededHash.of(labels, 0, labels.length, HASH_SEED);
    return SeededHash.and(ofLabels, SeededHash.of(line, 0, line.length, HASH_SEED), HASH_SEED);
  }
}
