package dev.skald.model;

/** A number at a time. Milliseconds, because that is what LogQL's answers carry. */
public record Sample(long timestampEpochMillis, double value) {}
