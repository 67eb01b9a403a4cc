package dev.skald.model;

/** One entry of a log query's result: the line as the pipeline left it, and its labels that are not the stream's own. */
public record ResultEntry(
    long timestampEpochNanos, String line, Labels structuredMetadata, Labels parsed) {}
