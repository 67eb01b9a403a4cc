/**
 * Log and metric queries: range windows, aggregations, binary operations, limits. Reads entries
 * through the port {@link LogSource} alone. Start with {@link Engine}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.logql.engine;
