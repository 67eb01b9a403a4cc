package dev.skald.storage;

/** Rows that were stored before a page's: a segment, or a tenant's part of a generation. */
interface OlderRows {
  /** Shows the search every row of here that may be equal to one of its candidates. */
  void showTo(DuplicateSearch search);
}
