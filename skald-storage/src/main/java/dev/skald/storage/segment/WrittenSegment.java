package dev.skald.storage.segment;

/**
 * A segment just written: durable, and not part of the store before a manifest lists it.
 *
 * @param duplicateCount rows left out because an equal one (stream, time, line, structured
 *     metadata) is there
 */
public record WrittenSegment(SegmentSummary summary, long duplicateCount) {}
