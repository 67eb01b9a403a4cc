package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.BoundPlan.Labelling;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.model.ShapedLines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of pages as groups and numbers, read off the columns that lines are taken apart into: no labels, no batch. Works
 * behind {@link PipelineRun#run} of the same worker, for rows that are treated as rows before them were: those of the
 * same shape, stream and metadata. The others are to be run. One thread.
 */
public final class ColumnRows {
  /** The group of a row that unwrap drops. */
  public static final int DROPPED = -1;

  /** Groups of a page: each is run once. Pages that have more are left alone. */
  private static final int GROUPS_MAX = 1 << 12;

  /** Combinations of values of a page that has any read off. */
  private static final int COMBINATIONS_MAX = 1 << 18;

  /** Kinds of rows (shape, stream, metadata) of a page that has any read off. */
  private static final long KINDS_MAX = 1 << 14;

  private final RowBatch batch;
  private final ShapedParser parser;
  private final @Nullable String unwrapped;
  private final List<String> names;
  private final int[] groups = new int[RowBatch.ROWS_MAX];
  private final double[] values = new double[RowBatch.ROWS_MAX];

  // Of the page at hand.
  private @Nullable Page page;
  private @Nullable ShapedLines lines;
  private @Nullable BaseLabelsOfPage bases;
  private int[] shapeOrdinals = {};
  private int[] streamOrdinals = {};
  private int[] metadataOrdinals = {};
  private int streamCount;
  private int metadataCount;
  private @Nullable ColumnKind[] kinds = new ColumnKind[0];
  private final List<ColumnGroups> sources = new ArrayList<>();
  private int groupCount;
  private int generation;
  private boolean isGivenUp;

  /**
   * @param unwrapped the label whose number is a row's value; null: values are 1
   * @param names labels that make a group
   */
  ColumnRows(RowBatch batch, ShapedParser parser, @Nullable String unwrapped, List<String> names) {
    this.batch = batch;
    this.parser = parser;
    this.unwrapped = unwrapped;
    this.names = List.copyOf(names);
  }

  /** Whether some rows of the page may be read so. */
  public boolean mayRead(Page ofPage) {
    return ofPage.shaped() != null && !(ofPage == page && isGivenUp);
  }

  /**
   * Reads rows {@code from} to {@code to} (exclusive) of {@code rows}, at most {@link PipelineRun#BATCH_ROWS}, as far as
   * they are known.
   *
   * @return where those end that were read; {@code from} if there are none
   */
  public int read(Page ofPage, Selection rows, int from, int to) {
    if (batch.page() != ofPage || !turnTo(ofPage) || isGivenUp) {
      return from;
    }
    for (int i = from; i < to; i++) {
      int row = rows.row(i);
      ColumnKind kind = kind(row);
      if (kind == null || isGivenUp || !kind.says(row)) {
        return i;
      }
      int group = DROPPED;
      if (!kind.isDropped()) {
        values[i - from] = kind.value(row);
        group = kind.group(row);
        if (group == ColumnGroups.NEW) {
          group = groupCount++;
          kind.setGroup(row, group);
        }
        if (groupCount > GROUPS_MAX) {
          isGivenUp = true;
          return i;
        }
      }
      groups[i - from] = group;
    }
    return to;
  }

  /** Changes when groups are numbered anew, from 0. */
  public int generation() {
    return generation;
  }

  /** The group of the {@code i}-th row of those read; rows of a group have the same values of all names. */
  public int group(int i) {
    return groups[i];
  }

  public double value(int i) {
    return values[i];
  }

  /** Returns false if nothing can be said of the page. */
  private boolean turnTo(Page newPage) {
    BaseLabelsOfPage itsBases = batch.pageBases();
    if (newPage == page && itsBases == bases) {
      return true;
    }
    ShapedLines shaped = newPage.shaped();
    if (shaped == null || itsBases == null || itsBases.isBare() || itsBases.hasErrors()) {
      return false;
    }
    page = newPage;
    lines = shaped;
    bases = itsBases;
    shapeOrdinals = shaped.shapeOrdinals();
    streamOrdinals = newPage.streamOrdinals();
    metadataOrdinals = newPage.metadataOrdinals();
    streamCount = newPage.streamCount();
    metadataCount = newPage.metadataCount();
    long kindCount = (long) shaped.shapeCount() * streamCount;
    kindCount = kindCount > KINDS_MAX ? kindCount : kindCount * metadataCount;
    isGivenUp = kindCount > KINDS_MAX;
    kinds = new ColumnKind[isGivenUp ? 0 : (int) kindCount];
    sources.clear();
    groupCount = 0;
    generation++;
    return true;
  }

  private @Nullable ColumnKind kind(int row) {
    int shape = shapeOrdinals[row];
    int number =
        (shape * streamCount + streamOrdinals[row]) * metadataCount + metadataOrdinals[row];
    ColumnKind known = kinds[number];
    if (known == null) {
      known = find(row, shape);
      kinds[number] = known;
      if (known != null) {
        isGivenUp = sources.stream().mapToLong(ColumnGroups::size).sum() > COMBINATIONS_MAX;
      }
    }
    return known;
  }

  /** What is known of rows of this kind; null: nothing yet. */
  private @Nullable ColumnKind find(int row, int shape) {
    ShapedLines shaped = lines;
    BaseLabelsOfPage itsBases = bases;
    BoundPlan plan = shaped == null ? null : parser.known(shaped, shape);
    Labelling labelling =
        plan == null || itsBases == null ? null : plan.labelling(itsBases.of(row));
    return plan == null || labelling == null
        ? null
        : ColumnKind.of(plan, labelling, batch.names(), unwrapped, names, sources);
  }
}
