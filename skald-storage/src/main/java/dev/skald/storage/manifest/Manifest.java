package dev.skald.storage.manifest;

import java.util.HexFormat;
import java.util.List;

/**
 * One version of the store. The first has number 1; {@link #EMPTY}, number 0, is what an empty
 * directory holds.
 *
 * @param number one more than the previous manifest's, or more if broken ones stood between
 * @param nonce random; tells two manifests of equal content apart
 * @param previousNumber the manifest that this one was made from, 0 if it is the first
 * @param previousHash SHA-256 of that manifest's bytes as 64 hexadecimal digits; empty if it is the
 *     first
 * @param writer whose WAL {@code walFileFirst} counts the files of: a number that the WAL's folder
 *     has for itself; 0 where manifests and WAL are in one folder
 * @param boundaryEpochSeconds no segment whose id says an earlier second is ever added again, so
 *     those that no manifest lists may be deleted; 0 if nothing was cleaned up yet
 * @param walFileFirst number of the first WAL file whose records are not all in segments
 * @param segments live ones, in order of {@link LiveSegment#order}
 */
public record Manifest(
    long number,
    long nonce,
    long previousNumber,
    String previousHash,
    long writer,
    long boundaryEpochSeconds,
    long walFileFirst,
    List<LiveSegment> segments) {
  public static final Manifest EMPTY = new Manifest(0, 0, 0, "", 0, 0, 0, List.of());

  static final int HASH_BYTES = 32;

  public Manifest {
    segments = List.copyOf(segments);
    if (number < 0 || previousNumber < 0 || walFileFirst < 0 || boundaryEpochSeconds < 0) {
      throw new IllegalArgumentException(
          "manifest %d after %d, wal from %d, boundary %d"
              .formatted(number, previousNumber, walFileFirst, boundaryEpochSeconds));
    }
    if (number > 0 && previousNumber >= number) {
      throw new IllegalArgumentException("manifest " + number + " after " + previousNumber);
    }
    if (previousHash.length() != (previousNumber == 0 ? 0 : 2 * HASH_BYTES)
        || HexFormat.of().parseHex(previousHash).length * 2 != previousHash.length()) {
      throw new IllegalArgumentException("hash of previous manifest: " + previousHash);
    }
    for (int i = 1; i < segments.size(); i++) {
      if (segments.get(i - 1).order() >= segments.get(i).order()) {
        throw new IllegalArgumentException(
            "segments not strictly in order at " + i + ": " + segments.get(i).order());
      }
    }
  }

  /** Rows of all segments. */
  public long rowCount() {
    return segments.stream().mapToLong(s -> s.summary().rowCount()).sum();
  }

  /** Bytes of all segments. */
  public long segmentBytes() {
    return segments.stream().mapToLong(s -> s.summary().sizeBytes()).sum();
  }

  /**
   * An order that is larger than that of every segment, with room for a segment's pages below it.
   */
  public long nextOrder() {
    return segments.isEmpty() ? 0 : segments.getLast().order() + LiveSegment.ORDER_STEP;
  }
}
