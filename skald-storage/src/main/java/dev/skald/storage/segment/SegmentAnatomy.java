package dev.skald.storage.segment;

import dev.skald.storage.shape.ShapedAnatomy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a segment consists of, for people; of a damaged one what can be read of it.
 *
 * @param version of the format; 0 if neither header nor footer can be read
 * @param summary null if the directory cannot be read
 * @param parts header, tables, directory, footer: all that is of no page
 * @param pages none if the directory cannot be read
 * @param blocksFound blocks in order of their bytes, looked for one after the other where there is no directory
 * @param damages what is not as it was written, with object and byte
 */
public record SegmentAnatomy(
    long sizeBytes,
    int version,
    @Nullable SegmentSummary summary,
    List<Part> parts,
    List<PagePart> pages,
    List<Part> blocksFound,
    List<String> damages) {
  public SegmentAnatomy {
    parts = List.copyOf(parts);
    pages = List.copyOf(pages);
    blocksFound = List.copyOf(blocksFound);
    damages = List.copyOf(damages);
  }

  /**
   * Some bytes of the object.
   *
   * @param kind as docs/format/segment.md names it
   * @param storedBytes with the block's header
   * @param isSound whether its checksum is right
   */
  public record Part(String kind, long offsetBytes, long storedBytes, boolean isSound) {}

  /**
   * A page.
   *
   * @param blocks all of them
   * @param shaped what its lines were taken apart into; null if they are stored as they are, or if it cannot be read
   */
  public record PagePart(
      int rowCount,
      int lineBytes,
      long metadataChars,
      long minEpochNanos,
      long maxEpochNanos,
      int streamCount,
      List<Part> blocks,
      @Nullable ShapedAnatomy shaped) {
    public PagePart {
      blocks = List.copyOf(blocks);
    }

    public long storedBytes() {
      return blocks.stream().mapToLong(Part::storedBytes).sum();
    }
  }
}
