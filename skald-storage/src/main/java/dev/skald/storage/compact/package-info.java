/**
 * Merging segments: small ones of a tenant's day into larger ones, without the rows that are to go.
 * Rows in are rows out, rows removed and copies dropped, or nothing is committed. Knows segments
 * and their rows; knows nothing of the head, of threads, or of why a row is to go. Start with {@link
 * dev.skald.storage.compact.SegmentMerge}; what merges when: {@link
 * dev.skald.storage.compact.MergePlan}.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.compact;
