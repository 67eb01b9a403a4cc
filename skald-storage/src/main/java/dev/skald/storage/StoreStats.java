package dev.skald.storage;

/**
 * Figures of the store; counters count since start.
 *
 * @param headStreams streams in the head, all tenants
 * @param headEntries entries in the head
 * @param headBytes bytes of memory that the head holds
 * @param segments live segments
 * @param segmentBytes their size on disk
 * @param walBytes size of the WAL on disk
 * @param walRecordsTotal records appended
 * @param walBytesTotal bytes appended
 * @param walSyncsTotal group commits
 * @param flushesTotal flushes committed
 * @param flushFailuresTotal flushes that failed and were or will be tried again
 * @param corruptionsTotal bad records, segments or pages met
 * @param diskFullTotal appends refused because the disk was full
 */
public record StoreStats(
    long headStreams,
    long headEntries,
    long headBytes,
    long segments,
    long segmentBytes,
    long walBytes,
    long walRecordsTotal,
    long walBytesTotal,
    long walSyncsTotal,
    long flushesTotal,
    long flushFailuresTotal,
    long corruptionsTotal,
    long diskFullTotal) {}
