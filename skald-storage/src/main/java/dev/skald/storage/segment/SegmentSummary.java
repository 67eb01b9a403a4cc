package dev.skald.storage.segment;

import dev.skald.model.TenantId;

/**
 * What is known of a segment without opening it; the manifest repeats it.
 *
 * @param utcDay days since 1970-01-01 of its rows' timestamps
 * @param rowCount rows stored, at least one
 * @param lineBytes bytes of their lines
 * @param metadataChars characters of their structured metadata's names and values
 * @param streamCount streams that have rows
 * @param pageCount pages
 * @param minEpochNanos oldest row
 * @param maxEpochNanos newest row
 * @param sizeBytes size of the object
 * @param footerCrc32c checksum of the object's footer, which covers the directory, which covers
 *     every block
 */
public record SegmentSummary(
    SegmentId id,
    TenantId tenant,
    long utcDay,
    long rowCount,
    long lineBytes,
    long metadataChars,
    int streamCount,
    int pageCount,
    long minEpochNanos,
    long maxEpochNanos,
    long sizeBytes,
    int footerCrc32c) {
  public SegmentSummary {
    if (rowCount < 1
        || streamCount < 1
        || pageCount < 1
        || lineBytes < 0
        || minEpochNanos > maxEpochNanos) {
      throw new IllegalArgumentException(
          "bad summary of segment %s: rows=%d streams=%d pages=%d bytes=%d min=%d max=%d"
              .formatted(
                  id, rowCount, streamCount, pageCount, lineBytes, minEpochNanos, maxEpochNanos));
    }
  }
}
