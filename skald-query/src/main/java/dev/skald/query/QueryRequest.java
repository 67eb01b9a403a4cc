package dev.skald.query;

import dev.skald.logql.engine.QueryParams;
import java.util.function.BooleanSupplier;

/**
 * A query as it came through the door: its text and its parameters, read but not yet checked against limits.
 *
 * @param cancelled true once the client has gone; asked now and then while the query runs
 */
public record QueryRequest(String query, QueryParams params, BooleanSupplier cancelled) {}
