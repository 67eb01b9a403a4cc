/**
 * Segments: immutable objects of pages of one tenant and one UTC day, sorted by stream and time.
 * {@link dev.skald.storage.segment.SegmentWriter} makes one from rows of the head, {@link
 * dev.skald.storage.segment.SegmentReader} finds pages in it. Every byte is covered by a CRC32C; a
 * bad page does not hurt its neighbours. Bytes: docs/format/segment.md. Knows nothing of queries or
 * of other segments.
 */
@org.jspecify.annotations.NullMarked
package dev.skald.storage.segment;
