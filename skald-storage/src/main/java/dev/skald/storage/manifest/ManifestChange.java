package dev.skald.storage.manifest;

import dev.skald.storage.segment.SegmentId;
import java.util.List;

/**
 * One step of the store: a flush, a merge or a deletion. Refused unless no row is lost or invented:
 * rows taken from the WAL and rows of removed segments must equal rows of added segments and rows
 * dropped.
 *
 * @param added new segments, durable already; their orders follow {@link Manifest#nextOrder}, or (a
 *     merge) take the place of removed ones
 * @param removed live segments that are gone with this step
 * @param walFileFirst the WAL's first file that is still needed; never smaller than before; {@link
 *     #WAL_AS_IT_IS}: whichever it is when the change is made
 * @param rowsFromWal rows that leave the WAL's keeping with this step
 * @param rowsDropped rows left out on purpose: duplicates, deletions, retention
 */
public record ManifestChange(
    List<LiveSegment> added,
    List<SegmentId> removed,
    long walFileFirst,
    long rowsFromWal,
    long rowsDropped) {
  /** For changes that have nothing to do with the WAL. */
  public static final long WAL_AS_IT_IS = -1;

  /** Segments give way to others, or to none. */
  public static ManifestChange ofSegments(
      List<LiveSegment> added, List<SegmentId> removed, long rowsDropped) {
    return new ManifestChange(added, removed, WAL_AS_IT_IS, 0, rowsDropped);
  }

  public ManifestChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    if (rowsFromWal < 0 || rowsDropped < 0) {
      throw new IllegalArgumentException("rows " + rowsFromWal + " dropped " + rowsDropped);
    }
  }
}
