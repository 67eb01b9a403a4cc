package dev.skald.logql.engine;

import dev.skald.model.QueryResult;
import dev.skald.model.QueryStats;

/** A result and what it cost. */
public record QueryAnswer(QueryResult result, QueryStats stats) {}
