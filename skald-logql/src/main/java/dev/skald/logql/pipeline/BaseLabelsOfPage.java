package dev.skald.logql.pipeline;

import dev.skald.model.Labels;
import dev.skald.model.Page;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The base labels of one page's rows, made when a row first has them. */
final class BaseLabelsOfPage {
  /** Sets kept; beyond it (metadata of its own on every row) all are forgotten and made anew. */
  private static final int SETS_MAX = 4096;

  private final NameTable names;
  private final int generation;
  private final Page page;
  private final int[] streamOrdinals;
  private final int[] metadataOrdinals;

  /** Whether rows seem to have no metadata. */
  private final boolean isBare;

  private final Map<Long, BaseLabels> known = new HashMap<>();
  private final boolean hasErrors;
  private long lastKey = -1;
  private @Nullable BaseLabels last;

  private BaseLabelsOfPage(NameTable names, Page page, boolean isBare) {
    this.names = names;
    this.page = page;
    this.isBare = isBare;
    generation = names.generation();
    streamOrdinals = page.streamOrdinals();
    metadataOrdinals = isBare ? new int[0] : page.metadataOrdinals();
    hasErrors = !isBare && hasErrors(page);
  }

  static BaseLabelsOfPage of(NameTable names, Page page) {
    return new BaseLabelsOfPage(names, page, false);
  }

  /** As if no row had structured metadata. */
  static BaseLabelsOfPage bare(NameTable names, Page page) {
    return new BaseLabelsOfPage(names, page, true);
  }

  private static boolean hasErrors(Page page) {
    boolean errors = false;
    for (int i = 0; i < page.metadataCount() && !errors; i++) {
      Labels metadata = page.metadata(i);
      errors = metadata.has(NameTable.ERROR_NAME) || metadata.has(NameTable.ERROR_DETAILS_NAME);
    }
    return errors;
  }

  boolean isBare() {
    return isBare;
  }

  /** That of the name table when the labels were numbered. */
  int generation() {
    return generation;
  }

  BaseLabels of(int row) {
    int metadata = isBare ? 0 : metadataOrdinals[row];
    long key = (long) streamOrdinals[row] << 32 | metadata;
    BaseLabels found = last;
    if (key == lastKey && found != null) {
      return found;
    }
    found = known.get(key);
    if (found == null) {
      if (known.size() >= SETS_MAX) {
        known.clear();
      }
      found =
          BaseLabels.of(
              names,
              page.stream(streamOrdinals[row]),
              isBare ? Labels.EMPTY : page.metadata(metadata));
      known.put(key, found);
    }
    lastKey = key;
    last = found;
    return found;
  }

  /** Whether some metadata of the page sets the error state (spec logql.md 5). */
  boolean hasErrors() {
    return hasErrors;
  }

  @Nullable String error(int row) {
    return value(row, NameTable.ERROR_NAME);
  }

  @Nullable String errorDetails(int row) {
    return value(row, NameTable.ERROR_DETAILS_NAME);
  }

  private @Nullable String value(int row, String name) {
    Labels metadata = page.metadata(metadataOrdinals[row]);
    return metadata.has(name) ? metadata.get(name) : null;
  }
}
