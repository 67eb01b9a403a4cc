package dev.skald.model;

import java.util.List;

/**
 * Entries that share their stream labels after the pipeline (structured metadata and parsed labels taken out), in the
 * order of the query's direction.
 */
public record ResultStream(Labels stream, List<ResultEntry> entries) {
  public ResultStream {
    entries = List.copyOf(entries);
  }
}
