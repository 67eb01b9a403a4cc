package dev.skald.query.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.SkaldException;
import dev.skald.logql.engine.LogPage;
import dev.skald.logql.engine.PagePosition;
import dev.skald.logql.engine.QueryParams;
import dev.skald.logql.pipeline.GoTemplateCheck;
import dev.skald.logql.syntax.Dialect;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.property.ForAll;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of random sizes, joined, are the whole answer: nothing is lost and nothing comes twice. */
final class PagesTest {
  private static final int WHOLE = 1_000_000;

  private static LogExpr parse(String query, Dialect dialect) {
    return (LogExpr) LogqlParser.parse(query, new GoTemplateCheck(), dialect);
  }

  private static QueryParams params(Random random, long intervalNanos) {
    return new QueryParams(
        QueryParams.Kind.RANGE,
        RandomEntries.START_EPOCH_NANOS,
        RandomEntries.START_EPOCH_NANOS + 3600 * RandomEntries.SECOND,
        RandomEntries.SECOND,
        intervalNanos,
        WHOLE,
        random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD);
  }

  private static QueryParams limited(QueryParams params, int limit) {
    return new QueryParams(
        params.kind(),
        params.startEpochNanos(),
        params.endEpochNanos(),
        params.stepNanos(),
        params.intervalNanos(),
        limit,
        params.direction());
  }

  /** All pages, each with another limit; {@code between} is done between two of them. */
  private static List<LogPage.Row> joined(
      StoreUnderTest store, LogExpr expr, QueryParams params, Random random, Runnable between) {
    List<LogPage.Row> rows = new ArrayList<>();
    @Nullable PagePosition after = null;
    for (int pages = 0; pages < WHOLE; pages++) {
      int limit = 1 + random.nextInt(random.nextBoolean() ? 3 : 40);
      LogPage page = store.page(expr, limited(params, limit), after);
      assertTrue(page.rows().size() <= limit, "rows: " + page.rows().size());
      rows.addAll(page.rows());
      if (page.next().isEmpty()) {
        return rows;
      }
      after = page.next().get();
      between.run();
    }
    throw new AssertionError("pages without end");
  }

  @Test
  void pagesJoinedAreTheWhole() {
    AtomicInteger found = new AtomicInteger();
    ForAll.forAll(
        400,
        random -> {
          List<PlainEntry> entries = RandomEntries.of(random);
          StoreUnderTest.Kind kind =
              random.nextBoolean() ? StoreUnderTest.Kind.MEMORY : StoreUnderTest.Kind.DISK;
          try (StoreUnderTest store = StoreUnderTest.filled(kind, entries, random.nextLong())) {
            boolean isPlain = random.nextInt(3) == 0;
            String query = isPlain ? "{app=~\".+\"}" : RandomQuery.log(random);
            boolean isSorted = random.nextInt(10) == 0;
            LogExpr expr =
                isSorted
                    ? parse("{app=~\".+\"} | order by timestamp", Dialect.SKALD)
                    : parse(query, Dialect.LOKI);
            boolean isThinned = random.nextInt(6) == 0;
            long interval = isThinned ? (1 + random.nextInt(20)) * RandomEntries.SECOND : 0;
            QueryParams params = params(random, interval);
            List<LogPage.Row> whole = store.page(expr, params, null).rows();
            List<LogPage.Row> joined =
                joined(
                    store,
                    expr,
                    params,
                    random,
                    () -> {
                      if (random.nextInt(10) == 0) {
                        store.flush();
                      }
                    });
            assertEquals(whole, joined, query);
            found.addAndGet(whole.size());
          }
        });
    assertTrue(found.get() > 1000, "entries found: " + found);
  }

  /** What was there when the first page was asked for is in one page, whatever comes meanwhile. */
  @Test
  void newcomersDisplaceNothing() {
    ForAll.forAll(
        150,
        random -> {
          List<PlainEntry> entries = RandomEntries.of(random);
          LogExpr expr = parse("{app=~\".+\"}", Dialect.LOKI);
          QueryParams params = params(random, 0);
          StoreUnderTest.Kind kind = StoreUnderTest.Kind.DISK;
          try (StoreUnderTest store = StoreUnderTest.filled(kind, entries, random.nextLong())) {
            List<LogPage.Row> whole = store.page(expr, params, null).rows();
            List<LogPage.Row> joined =
                joined(store, expr, params, random, () -> store.append(newcomers(entries, random)));
            Set<LogPage.Row> old = new HashSet<>(whole);
            assertEquals(whole, joined.stream().filter(old::contains).toList());
            assertEquals(joined.size(), new HashSet<>(joined).size(), "an entry came twice");
          }
        });
  }

  /** At times that have entries already. */
  private static List<PlainEntry> newcomers(List<PlainEntry> entries, Random random) {
    List<PlainEntry> added = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      PlainEntry like = entries.get(random.nextInt(entries.size()));
      added.add(
          new PlainEntry(
              like.epochNanos(), like.stream(), "new " + random.nextLong(), Labels.EMPTY));
    }
    return added;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{app=~\".+\"} | order by app", "{app=~\".+\"} | order by timestamp | limit 5"})
  void otherOrdersHaveNoPages(String query) throws Exception {
    List<PlainEntry> entries = RandomEntries.of(new Random(1));
    try (StoreUnderTest store = StoreUnderTest.filled(StoreUnderTest.Kind.MEMORY, entries, 1)) {
      LogExpr expr = parse(query, Dialect.SKALD);
      SkaldException e =
          assertThrows(
              SkaldException.class, () -> store.page(expr, params(new Random(1), 0), null));
      assertEquals(
          "pages go with an order by time alone, and without a limit in the query", e.getMessage());
    }
  }
}
