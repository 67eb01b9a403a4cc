package dev.skald.storage.segment;

import dev.skald.storage.shape.ShapedDirectory;
import java.lang.ref.SoftReference;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a page while its segment is open: pages do not change, so that what its
 * small blocks say need not be decoded for each query. Kept as long as memory is not short, and only
 * what is small beside the page. Safe for concurrent use.
 */
final class PageNotes {
  /** Of more streams the runs are decoded each time. */
  private static final int STREAMS_MAX = 1 << 12;

  /** Larger sets of metadata are decoded each time. */
  private static final int METADATA_BYTES_MAX = 4 << 10;

  /** Larger directories, as stored, are decoded each time. */
  private static final int DIRECTORY_BYTES_MAX = 64 << 10;

  private final PageWeights weights = new PageWeights();

  /** A bit for each frame whose checksum was right. */
  private final BitSet soundFrames = new BitSet();

  private volatile SoftReference<Decoded> decoded = new SoftReference<>(null);

  /** Each null if it was not decoded yet or is too large. */
  private static final class Decoded {
    volatile @Nullable StreamRuns runs;
    volatile @Nullable MetadataColumn metadata;
    volatile @Nullable ShapedDirectory shapes;
  }

  PageWeights weights() {
    return weights;
  }

  /** Whether the frame's checksum was right when it was looked at. */
  boolean isFrameSound(int frame) {
    synchronized (soundFrames) {
      return soundFrames.get(frame);
    }
  }

  void noteFrameSound(int frame) {
    synchronized (soundFrames) {
      soundFrames.set(frame);
    }
  }

  private Decoded decoded() {
    Decoded known = decoded.get();
    if (known == null) {
      known = new Decoded();
      decoded = new SoftReference<>(known);
    }
    return known;
  }

  @Nullable StreamRuns runs() {
    return decoded().runs;
  }

  void note(StreamRuns runs) {
    if (runs.count() <= STREAMS_MAX) {
      decoded().runs = runs;
    }
  }

  @Nullable MetadataColumn metadata() {
    return decoded().metadata;
  }

  void note(MetadataColumn metadata) {
    if (metadata.contentBytes() <= METADATA_BYTES_MAX) {
      decoded().metadata = metadata;
    }
  }

  @Nullable ShapedDirectory shapes() {
    return decoded().shapes;
  }

  /**
   * @param storedBytes of its block
   */
  void note(ShapedDirectory shapes, int storedBytes) {
    if (storedBytes <= DIRECTORY_BYTES_MAX) {
      decoded().shapes = shapes;
    }
  }
}
