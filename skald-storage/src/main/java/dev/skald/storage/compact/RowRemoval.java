package dev.skald.storage.compact;

import dev.skald.model.Page;
import dev.skald.model.Selection;

/**
 * Says which rows are to go: deleted ones, expired ones. Depends on nothing but a row's labels,
 * time, line and metadata, so that copies of an entry go together. Used by one thread at a time.
 */
@FunctionalInterface
public interface RowRemoval {
  /** Removes nothing. */
  RowRemoval NONE = (page, rows) -> {};

  /** Narrows the selection to rows that stay. */
  void keepOthers(Page page, Selection rows);
}
