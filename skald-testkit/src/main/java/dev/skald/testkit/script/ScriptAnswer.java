package dev.skald.testkit.script;

import dev.skald.model.QueryResult;

/** What came of a query. */
public sealed interface ScriptAnswer {
  record Success(QueryResult result) implements ScriptAnswer {}

  /** @param message as a user would read it */
  record Failure(String message) implements ScriptAnswer {}
}
