package dev.skald.model;

/** One log entry outside the hot paths: results and tests. {@code line} is the line's bytes read as UTF-8. */
public record Entry(long timestampEpochNanos, String line, Labels structuredMetadata) {}
