package dev.skald.logql.pipeline;

import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.model.Shape;
import dev.skald.model.ShapedLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pipeline at work on pages. One thread; buffers are reused. */
public final class PipelineRun {
  /** Most rows of one {@link #run}. */
  public static final int BATCH_ROWS = RowBatch.ROWS_MAX;

  private final LeadingFilters leadingFilters;
  private final List<Step> steps;
  private final boolean readsLines;
  private final StageBudget budget;
  private final NameTable names = new NameTable();
  private final RowBatch batch;
  private final int[] batchRows = new int[BATCH_ROWS];

  /**
   * Lines of shapes that cannot be longer are taken to be as long as they can be: to know better, all
   * of their columns would have to be read.
   */
  private static final int ROUGH_BYTES_MAX = LeadingFilters.BATCH_BYTES >> 7;

  /** The page that {@link #shapeBytes} are of. */
  private @Nullable Page measured;

  /** Per shape, how long its lines can be by what is known before any is read. */
  private long[] shapeBytes = new long[0];

  private long lineBytesMax;

  PipelineRun(
      List<LeadingFilters.Filter> leadingFilters,
      List<Step.Source> sources,
      boolean readsLines,
      StageBudget budget) {
    this.leadingFilters = new LeadingFilters(leadingFilters, budget);
    this.readsLines = readsLines;
    this.budget = budget;
    batch = new RowBatch(names, budget);
    List<Step> opened = new ArrayList<>();
    for (Step.Source source : sources) {
      opened.add(source.open(batch));
    }
    steps = List.copyOf(opened);
    names.pin();
  }

  /** What {@link #prepare} has done. */
  public enum Searched {
    /** Nothing. */
    NOT,
    /** Rows that are left may still fail a line filter. */
    IN_PART,
    /** Rows that are left pass the line filters that the pipeline begins with, if any. */
    WHOLLY
  }

  /** Narrows {@code rows} in place to those that pass; legal when {@link Pipeline#isFilterOnly}. */
  public void filter(Page page, Selection rows) {
    if (!steps.isEmpty()) {
      throw new IllegalStateException("pipeline has stages besides line filters");
    }
    leadingFilters.narrowAll(page, rows);
  }

  /**
   * Narrows {@code rows} in place by what can be told of the whole page at once, without reading its
   * lines: to be called where rows of a page are about to be run, all or many of them. May leave
   * them as they are. Until the next page, {@link #run} takes it that its rows were among these.
   */
  public Searched prepare(Page page, Selection rows) {
    return leadingFilters.prepare(page, rows);
  }

  /**
   * Runs all stages over the selected rows {@code from} (inclusive) to {@code to} (exclusive) of
   * {@code rows}, at most {@link #BATCH_ROWS}. {@code rows} stays as it is.
   *
   * @return valid until the next call
   */
  public RowBatch run(Page page, Selection rows, int from, int to) {
    int count = begin(page, rows, from, to);
    batch.load(page, batchRows, count, leadingFilters.linesRead());
    return run();
  }

  /** As {@link #run}, as if the rows had no structured metadata: where nobody looks at it. */
  public RowBatch runBare(Page page, Selection rows, int from, int to) {
    int count = begin(page, rows, from, to);
    batch.loadBare(page, batchRows, count, leadingFilters.linesRead());
    return run();
  }

  private int begin(Page page, Selection rows, int from, int to) {
    int count = to - from;
    if (count > BATCH_ROWS) {
      throw new IllegalArgumentException("rows=" + count + " max=" + BATCH_ROWS);
    }
    for (int i = 0; i < count; i++) {
      batchRows[i] = rows.row(from + i);
    }
    names.trim();
    return leadingFilters.narrow(page, batchRows, count);
  }

  /**
   * Reads rows off columns where that is all that the stages come to: a parser of lines as stored, and an unwrap; null
   * where they are others. Legal for rows that {@link #prepare} has searched {@link Searched#WHOLLY}.
   *
   * @param labels that the reader wants to know rows by
   */
  public @Nullable ColumnRows columnRows(List<String> labels) {
    boolean isLegal =
        !labels.contains(NameTable.ERROR_NAME) && !labels.contains(NameTable.ERROR_DETAILS_NAME);
    if (!isLegal
        || steps.isEmpty()
        || !(steps.getFirst() instanceof ShapedParser parser)
        || !parser.remembersLabellings()) {
      return null;
    }
    if (steps.size() == 1) {
      return new ColumnRows(batch, parser, null, labels);
    }
    return steps.size() == 2 && steps.get(1) instanceof UnwrapStep unwrap && unwrap.isPlain()
        ? new ColumnRows(batch, parser, unwrap.label(), labels)
        : null;
  }

  private RowBatch run() {
    for (Step step : steps) {
      if (batch.count() == 0) {
        break;
      }
      budget.check();
      step.apply(batch);
    }
    return batch;
  }

  /**
   * Where a batch that begins at {@code from} ends: rows that {@link #run} takes at once, fewer of
   * long lines.
   *
   * @return the end, exclusive, more than {@code from}; at most {@code to}
   */
  public int batchEnd(Page page, int[] rows, int from, int to) {
    int most = Math.min(to, from + BATCH_ROWS);
    if (!readsLines || steps.isEmpty()) {
      return most;
    }
    ShapedLines shaped = page.shaped();
    if (shaped == null) {
      return LeadingFilters.bytesEnd(page.lines(), rows, from, most, LeadingFilters.BATCH_BYTES);
    }
    if (page != measured) {
      measured = page;
      shapeBytes = shapeBytes(shaped);
      lineBytesMax = Arrays.stream(shapeBytes).max().orElse(0);
    }
    return lineBytesMax * BATCH_ROWS <= LeadingFilters.BATCH_BYTES
        ? most
        : bytesEnd(shaped, rows, from, most);
  }

  private static long[] shapeBytes(ShapedLines shaped) {
    long[] longest = new long[shaped.shapeCount()];
    for (int ordinal = 0; ordinal < longest.length; ordinal++) {
      Shape shape = shaped.shape(ordinal);
      longest[ordinal] = shape.textBytes();
      for (int slot = 0; slot < shape.slotCount(); slot++) {
        longest[ordinal] += shaped.stamp(shaped.column(ordinal, slot)).lengthMax();
      }
    }
    return longest;
  }

  private int bytesEnd(ShapedLines shaped, int[] rows, int from, int to) {
    int[] shapes = shaped.shapeOrdinals();
    long bytes = 0;
    int end = from;
    do {
      int row = rows[end];
      long longest = shapeBytes[shapes[row]];
      bytes += longest <= ROUGH_BYTES_MAX ? longest : shaped.lineLength(row);
      end++;
    } while (end < to && bytes < LeadingFilters.BATCH_BYTES);
    return end;
  }
}
