package dev.skald.query.plain;

import dev.skald.model.QueryResult;
import java.util.List;

/** How a query ended. */
sealed interface Outcome {
  /** The engine's answer. */
  record Answer(QueryResult result) implements Outcome {}

  /** The plain path's rows of a log query, oldest first, without a limit. */
  record Rows(List<PlainRow> rows) implements Outcome {}

  /** The plain path's vectors of a metric query, one for each time. */
  record Vectors(List<PlainVector> vectors) implements Outcome {}

  /** @param mayPass whether an answer is as good */
  record Failed(String message, boolean mayPass) implements Outcome {}

  /** The specification leaves it open. */
  record Open(String reason) implements Outcome {}
}
