package dev.skald.query.plain;

import java.util.Map;

/**
 * What a range function counts: one for each entry that passes the pipeline.
 *
 * @param labels of all categories, the error included
 */
record PlainSample(
    long epochNanos, double value, Map<String, String> labels, PlainEntry.Origin origin) {}
