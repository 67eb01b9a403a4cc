package dev.skald.logql.pipeline;

import dev.skald.model.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the rows of a page so that rows of one number have the same values of some labels. Works where values come
 * from columns that are kept as dictionaries, or are the same for many rows, as a stream's labels are; a row's bytes are
 * not looked at. One thread.
 */
public final class LabelGroups {
  /** The row is to be looked at. */
  public static final int NONE = -1;

  /** Combinations of columns and other labels in a page; beyond it rows are looked at. */
  private static final int SOURCES_MAX = 32;

  /** Combinations of values for one of these. */
  private static final int COMBINATIONS_MAX = 1 << 16;

  private final List<String> names;
  private final boolean isLegal;
  private final int[] nameIds;
  private final @Nullable LabelColumn[] columns;
  private final int[] ordinals;
  private @Nullable Page page;
  private int nameGeneration;
  private int generation;
  private int count;
  private final List<Source> sources = new ArrayList<>();
  private @Nullable Source last;

  /**
   * Where rows have their values from.
   *
   * @param columns by label; null: from {@code base}
   * @param base null if all are from columns
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Source(
      @Nullable LabelColumn[] columns, @Nullable BaseLabels base, int[] groupsPlusOne) {
    boolean is(@Nullable LabelColumn[] itsColumns, @Nullable BaseLabels itsBase) {
      if (base != itsBase) {
        return false;
      }
      for (int i = 0; i < columns.length; i++) {
        if (columns[i] != itsColumns[i]) {
          return false;
        }
      }
      return true;
    }
  }

  public LabelGroups(List<String> names) {
    this.names = List.copyOf(names);
    // The error state is no label like others.
    isLegal =
        !names.contains(NameTable.ERROR_NAME) && !names.contains(NameTable.ERROR_DETAILS_NAME);
    nameIds = new int[names.size()];
    columns = new LabelColumn[names.size()];
    ordinals = new int[names.size()];
  }

  /** Changes when numbers begin anew. */
  public int generation() {
    return generation;
  }

  /** The number of a row's group, small and from 0, or {@link #NONE}. */
  public int of(RowBatch batch, int index) {
    if (!isLegal) {
      return NONE;
    }
    if (batch.page() != page || batch.names().generation() != nameGeneration) {
      turnTo(batch);
    }
    int place = batch.place(index);
    ParsedLabels parsed = batch.parsed();
    BaseLabels base = null;
    for (int i = 0; i < nameIds.length; i++) {
      int slot = parsed.find(place, nameIds[i]);
      LabelColumn column = null;
      if (slot < 0) {
        base = batch.base(place);
      } else {
        column = parsed.column(slot);
        if (column == null || column.distinctCount() == 0) {
          return NONE;
        }
        ordinals[i] = column.ordinal(parsed.position(slot));
      }
      columns[i] = column;
    }
    Source source = last;
    if (source == null || !source.is(columns, base)) {
      source = source(base);
      last = source;
      if (source == null) {
        return NONE;
      }
    }
    int combination = 0;
    for (int i = 0; i < nameIds.length; i++) {
      LabelColumn column = columns[i];
      if (column != null) {
        combination = combination * column.distinctCount() + ordinals[i];
      }
    }
    int[] groups = source.groupsPlusOne;
    if (groups[combination] == 0) {
      groups[combination] = ++count;
    }
    return groups[combination] - 1;
  }

  private void turnTo(RowBatch batch) {
    page = batch.page();
    nameGeneration = batch.names().generation();
    for (int i = 0; i < nameIds.length; i++) {
      nameIds[i] = batch.names().id(names.get(i));
    }
    sources.clear();
    last = null;
    count = 0;
    generation++;
  }

  private @Nullable Source source(@Nullable BaseLabels base) {
    for (Source known : sources) {
      if (known.is(columns, base)) {
        return known;
      }
    }
    long combinations = 1;
    for (LabelColumn column : columns) {
      if (column != null) {
        combinations *= column.distinctCount();
      }
      if (combinations > COMBINATIONS_MAX) {
        return null;
      }
    }
    if (sources.size() == SOURCES_MAX) {
      return null;
    }
    Source made =
        new Source(Arrays.copyOf(columns, columns.length), base, new int[(int) combinations]);
    sources.add(made);
    return made;
  }
}
