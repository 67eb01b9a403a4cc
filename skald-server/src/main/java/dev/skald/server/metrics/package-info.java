/** Skald's own metrics under Loki's names (spec metrics.md). Start with {@link ServerMetrics}. */
@org.jspecify.annotations.NullMarked
package dev.skald.server.metrics;
