package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.PipelineRun.Searched;
import dev.skald.model.Lines;
import dev.skald.model.Needle;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.model.ShapedLines;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The line filters of one worker that ask about lines as they were stored. Where a page's lines are taken apart,
 * literals are looked for there; only lines that these leave open are rebuilt and given to the filters.
 *
 * <p>A row passes if all filters let it pass, whatever their order; so those that literals decide come first.
 */
final class LeadingFilters {
  /** A filter and what literals say of it. */
  record Filter(LineFilterStep step, LineNeeds needs) {}

  /**
   * A filter that has rows to look at still.
   *
   * @param rows which of the page; null: all
   */
  private record Pending(LineFilterStep step, @Nullable BitSet rows) {}

  /**
   * Line bytes of a batch: bounds what parsers and templates make of it, and the time between two
   * looks at the budget.
   */
  static final int BATCH_BYTES = 1 << 20;

  /** The same where filters alone look at lines: expressions may be slow. */
  private static final int FILTERED_BYTES = 128 << 10;

  private final StageBudget budget;
  private final List<Filter> filters;
  private final List<Filter> cheapestFirst;
  private final List<Pending> pending = new ArrayList<>();
  private final int[] open = new int[RowBatch.ROWS_MAX];
  private @Nullable Page prepared;
  private @Nullable Lines linesRead;

  LeadingFilters(List<Filter> filters, StageBudget budget) {
    this.budget = budget;
    this.filters = filters;
    cheapestFirst = new ArrayList<>(filters);
    cheapestFirst.sort(
        Comparator.comparingInt(
            f -> f.needs().isDecided() ? 0 : f.needs().conditions().contains(List.of()) ? 2 : 1));
  }

  boolean isEmpty() {
    return filters.isEmpty();
  }

  /**
   * Drops rows that can be told to fail without reading lines, as far as this page allows it.
   * {@link #narrow} says the rest of the rows that are left, until the next call.
   */
  Searched prepare(Page page, Selection rows) {
    prepared = null;
    pending.clear();
    if (filters.isEmpty()) {
      return Searched.WHOLLY;
    }
    ShapedLines shaped = page.shaped();
    if (shaped == null) {
      return Searched.NOT;
    }
    for (Filter filter : cheapestFirst) {
      budget.check();
      if (!rows.isEmpty()) {
        search(shaped, filter, rows);
      }
    }
    prepared = page;
    return pending.isEmpty() ? Searched.WHOLLY : Searched.IN_PART;
  }

  private void search(ShapedLines shaped, Filter filter, Selection rows) {
    LineNeeds needs = filter.needs();
    if (needs.isUnknown()) {
      pending.add(new Pending(filter.step(), null));
      return;
    }
    boolean negative = needs.isNegative();
    BitSet having = anyOf(shaped, needs.enough(), rows);
    if (needs.isDecided()) {
      keep(rows, having, negative);
      return;
    }
    BitSet open = new BitSet();
    Selection rest = rows.slice(0, rows.count());
    keep(rest, having, true);
    for (List<List<Needle>> condition : needs.conditions()) {
      Selection candidates = rest.slice(0, rest.count());
      for (List<Needle> oneOf : condition) {
        BitSet found = anyOf(shaped, oneOf, candidates);
        candidates.keepSet(found);
      }
      for (int i = 0; i < candidates.count(); i++) {
        open.set(candidates.row(i));
      }
    }
    if (negative) {
      rows.keep(row -> open.get(row) || !having.get(row));
    } else {
      having.or(open);
      rows.keepSet(having);
    }
    if (!open.isEmpty()) {
      pending.add(new Pending(filter.step(), open));
    }
  }

  private static void keep(Selection rows, BitSet having, boolean negative) {
    if (!negative) {
      rows.keepSet(having);
    } else if (!having.isEmpty()) {
      rows.keep(row -> !having.get(row));
    }
  }

  private static BitSet anyOf(ShapedLines shaped, List<Needle> needles, Selection rows) {
    BitSet any = new BitSet();
    for (Needle needle : needles) {
      BitSet found = new BitSet();
      shaped.findLines(needle, rows, found);
      any.or(found);
    }
    return any;
  }

  /** Drops every row that some filter fails. Afterwards {@link #narrow} passes what is left. */
  void narrowAll(Page page, Selection rows) {
    switch (prepare(page, rows)) {
      case WHOLLY -> {}
      case IN_PART -> narrowInBatches(page, rows);
      case NOT -> {
        if (!rows.isEmpty()) {
          Lines lines = page.lines();
          rows.narrow((some, count) -> narrowPiecewise(lines, some, count));
        }
      }
    }
    prepared = page;
    pending.clear();
  }

  /** By all filters, any number of rows, with looks at the budget in between. */
  private int narrowPiecewise(Lines lines, int[] rows, int count) {
    int left = count;
    for (Filter filter : filters) {
      int kept = 0;
      for (int from = 0; from < left; ) {
        budget.check();
        int to = bytesEnd(lines, rows, from, left, FILTERED_BYTES);
        int end = filter.step().narrow(lines, rows, from, to);
        if (kept != from) {
          System.arraycopy(rows, from, rows, kept, end - from);
        }
        kept += end - from;
        from = to;
      }
      left = kept;
    }
    return left;
  }

  /** The end of the rows from {@code from} on that have so many bytes between them. */
  static int bytesEnd(Lines lines, int[] rows, int from, int to, int bytesMax) {
    int bytes = 0;
    int end = from;
    do {
      bytes += lines.end(rows[end]) - lines.start(rows[end]);
      end++;
    } while (end < to && bytes < bytesMax);
    return end;
  }

  private void narrowInBatches(Page page, Selection rows) {
    int[] left = new int[rows.count()];
    int leftCount = 0;
    int[] batch = new int[RowBatch.ROWS_MAX];
    for (int from = 0; from < rows.count(); from += batch.length) {
      int count = Math.min(batch.length, rows.count() - from);
      System.arraycopy(rows.rows(), from, batch, 0, count);
      int kept = narrow(page, batch, count);
      System.arraycopy(batch, 0, left, leftCount, kept);
      leftCount += kept;
    }
    keep(rows, left, leftCount);
  }

  /** Keeps those rows that are listed, ascending. */
  private static void keep(Selection rows, int[] listed, int count) {
    int[] at = {0};
    rows.keep(
        row -> {
          boolean stays = at[0] < count && listed[at[0]] == row;
          at[0] += stays ? 1 : 0;
          return stays;
        });
  }

  /**
   * Drops rows of a batch, {@code rows[0 .. count)}, that some filter fails.
   *
   * @return how many are left, at the front
   */
  int narrow(Page page, int[] rows, int count) {
    linesRead = null;
    if (prepared == page) {
      int left = count;
      for (Pending one : pending) {
        left = left == 0 ? 0 : narrow(page, one, rows, left);
      }
      return left;
    }
    if (filters.isEmpty() || count == 0) {
      return count;
    }
    Lines lines = page.lines(rows, count);
    int left = count;
    for (Filter filter : filters) {
      budget.check();
      left = filter.step().narrow(lines, rows, 0, left);
    }
    linesRead = lines;
    return left;
  }

  private int narrow(Page page, Pending filter, int[] rows, int count) {
    budget.check();
    BitSet asked = filter.rows();
    if (asked == null) {
      Lines lines = linesRead != null ? linesRead : page.lines(rows, count);
      linesRead = lines;
      return filter.step().narrow(lines, rows, 0, count);
    }
    int openCount = 0;
    for (int i = 0; i < count; i++) {
      if (asked.get(rows[i])) {
        open[openCount++] = rows[i];
      }
    }
    if (openCount == 0) {
      return count;
    }
    Lines lines = linesRead != null ? linesRead : page.lines(open, openCount);
    int passed = filter.step().narrow(lines, open, 0, openCount);
    int kept = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      boolean stays = !asked.get(row);
      if (!stays && at < passed && open[at] == row) {
        at++;
        stays = true;
      }
      if (stays) {
        rows[kept++] = row;
      }
    }
    return kept;
  }

  /**
   * Lines that the last {@link #narrow} has read; they hold those of all rows that it left. Null if it read none, or
   * not all. Valid until lines of the page are read again.
   */
  @Nullable Lines linesRead() {
    return linesRead;
  }
}
