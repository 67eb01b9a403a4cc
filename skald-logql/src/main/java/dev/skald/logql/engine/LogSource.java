package dev.skald.logql.engine;

import dev.skald.model.Matcher;
import dev.skald.model.PageScan;
import dev.skald.model.QuerySpan;
import java.util.List;

/** Where the engine's entries come from: one tenant's store, or a fake. Safe for concurrent use. */
public interface LogSource {
  /**
   * The pages with entries of the streams that satisfy all {@code matchers}, within {@code span}.
   * Rows selected by the pages are exactly the matching ones, duplicates left out. The caller
   * closes the scan.
   */
  PageScan scan(List<Matcher> matchers, QuerySpan span);
}
