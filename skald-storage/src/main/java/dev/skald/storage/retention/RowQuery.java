package dev.skald.storage.retention;

import dev.skald.model.Matcher;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import java.util.List;

/** A compiled query that picks rows. Safe for concurrent use. */
public interface RowQuery {
  /** Its streams. */
  List<Matcher> matchers();

  /** Narrows {@code rows}, all of its streams, to those that it picks. */
  void keepMatching(Page page, Selection rows);

  /** All rows of its streams are picked: lines need not be read. */
  boolean isWholeStreams();
}
