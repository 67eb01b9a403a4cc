package dev.skald.model;

/** A page and the rows of it that a scan asked for: right stream, right time, no duplicates. */
public record PageRows(Page page, Selection rows) {}
