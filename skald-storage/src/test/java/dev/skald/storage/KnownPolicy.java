package dev.skald.storage;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Lines;
import dev.skald.model.Matcher;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.model.TenantId;
import dev.skald.storage.head.Batches;
import dev.skald.storage.retention.RetentionRules;
import dev.skald.storage.retention.RowQuery;
import dev.skald.storage.retention.StorePolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A policy that a test sets. Its queries are {@code APP} or {@code APP TEXT}: the stream's app, and
 * what the line must contain; the app {@code *} is every stream.
 */
final class KnownPolicy implements StorePolicy {
  volatile RetentionRules rules = RetentionRules.FOR_EVER;
  volatile Limits limits = new Limits(DeletionMode.FILTER_AND_DELETE, 0, 0);

  @Override
  public RetentionRules retention(TenantId tenant) {
    return rules;
  }

  @Override
  public Limits limits(TenantId tenant) {
    return limits;
  }

  /** Whether a query picks a row. */
  static boolean picks(String query, Batches.Row row) {
    String[] parts = query.split(" ", 2);
    return (parts[0].equals("*") || row.stream().get("app").equals(parts[0]))
        && (parts.length == 1 || row.line().contains(parts[1]));
  }

  @Override
  public RowQuery compile(String query) {
    if (query.isEmpty()) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, "no query");
    }
    String[] parts = query.split(" ", 2);
    return new RowQuery() {
      @Override
      public List<Matcher> matchers() {
        return parts[0].equals("*")
            ? List.of()
            : List.of(new Matcher("app", Matcher.Op.EQUAL, parts[0]));
      }

      @Override
      public void keepMatching(Page page, Selection rows) {
        if (!isWholeStreams()) {
          Lines lines = page.lines();
          rows.keep(
              row ->
                  new String(
                          lines.bytes(),
                          lines.start(row),
                          lines.end(row) - lines.start(row),
                          StandardCharsets.ISO_8859_1)
                      .contains(parts[1]));
        }
      }

      @Override
      public boolean isWholeStreams() {
        return parts.length == 1;
      }
    };
  }
}
