/**
 * Query requests and answers as Loki writes them: times and durations in parameters, result JSON with its statistics, label
 * and series lists (spec http-api.md 1 and 3). Knows no sockets and no LogQL. Start with {@link QueryResultWriter}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.protocol.query;
