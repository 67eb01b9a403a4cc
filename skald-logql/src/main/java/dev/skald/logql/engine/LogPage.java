package dev.skald.logql.engine;

import dev.skald.model.Labels;
import dev.skald.model.ResultEntry;
import java.util.List;
import java.util.Optional;

/**
 * A part of a log query's answer.
 *
 * @param answer the part, as the answer of a query of its own
 * @param rows the same entries in the order of the answer
 * @param next where the next part begins; empty if there is nothing more
 */
public record LogPage(QueryAnswer answer, List<Row> rows, Optional<PagePosition> next) {
  public LogPage {
    rows = List.copyOf(rows);
  }

  /** An entry, and what the pipeline left of its stream's labels. */
  public record Row(Labels stream, ResultEntry entry) {}
}
