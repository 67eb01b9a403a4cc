package dev.skald.query.plain;

import java.util.Set;

/** A query that ends with an error (spec logql.md 8.7, 8.10). */
final class PlainFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean mayPass;

  private PlainFailure(String message, boolean mayPass) {
    super(message, null, false, false);
    this.mayPass = mayPass;
  }

  /** Series do not match one to one, or not as the query says. */
  static PlainFailure matching(String message) {
    return new PlainFailure(message, false);
  }

  /**
   * A series has an error.
   *
   * @param errors of all series; an engine that extracts only what a query needs may not notice
   *     those of parsers
   */
  static PlainFailure pipeline(Set<String> errors) {
    boolean mayPass = Set.of("JSONParserErr", "LogfmtParserErr").containsAll(errors);
    return new PlainFailure("pipeline error: " + errors, mayPass);
  }

  /** Whether an engine that does less than everything may answer instead. */
  boolean mayPass() {
    return mayPass;
  }
}
