package dev.skald.storage.segment;

import dev.skald.model.Page;
import dev.skald.model.Shape;
import dev.skald.model.ShapedLines;
import dev.skald.model.Stamp;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes each stream has on one page, found when first asked for and kept: pages do not change. Small pages are
 * counted, of large ones the lines' lengths are estimated from their shapes, and corrected so that their sum is right.
 * Safe for concurrent use.
 */
final class PageWeights {
  /** Pages with fewer bytes of lines are counted: that takes less than a millisecond. */
  private static final int COUNTED_BYTES_MAX = 1 << 20;

  /** A large page's metadata are counted if it has no more different sets. */
  private static final int COUNTED_SETS_MAX = 256;

  /** {@code detected_level} and a common value of it, which weigh nothing. */
  private static final int DETECTED_LEVEL_CHARS = 18;

  private final AtomicReference<long @Nullable []> known = new AtomicReference<>();

  /** Per run of the page; null before anyone asked. Borrowed. */
  long @Nullable [] known() {
    return known.get();
  }

  /** The same, found if need be. Borrowed. */
  long[] of(SegmentPage page, PageEntry entry) {
    long[] found = known.get();
    if (found == null) {
      found = find(page, entry);
      known.set(found);
    }
    return found;
  }

  private static long[] find(SegmentPage page, PageEntry entry) {
    ShapedLines shaped = page.shaped();
    if (shaped == null) {
      return counted(page);
    }
    int[] streamOf = page.streamOrdinals();
    if (entry.lineBytes() <= COUNTED_BYTES_MAX) {
      long[] bytes = Page.metadataBytes(page);
      for (int row = 0; row < entry.rowCount(); row++) {
        bytes[streamOf[row]] += shaped.lineLength(row);
      }
      return bytes;
    }
    double[] expected = expectedLengths(shaped);
    int[] shapeOf = shaped.shapeOrdinals();
    double[] weights = new double[page.streamCount()];
    int[] rows = new int[page.streamCount()];
    double sum = 0;
    for (int row = 0; row < entry.rowCount(); row++) {
      weights[streamOf[row]] += expected[shapeOf[row]];
      rows[streamOf[row]]++;
      sum += expected[shapeOf[row]];
    }
    long[] bytes = metadata(page, entry, rows);
    for (int run = 0; run < bytes.length; run++) {
      bytes[run] += sum == 0 ? 0 : Math.round(weights[run] / sum * entry.lineBytes());
    }
    return bytes;
  }

  private static long[] counted(SegmentPage page) {
    long[] bytes = Page.metadataBytes(page);
    int[] streamOf = page.streamOrdinals();
    int[] lengths = page.lineLengths();
    for (int row = 0; row < lengths.length; row++) {
      bytes[streamOf[row]] += lengths[row];
    }
    return bytes;
  }

  /** Per shape its text and, for each slot, the middle between the shortest and the longest value. */
  private static double[] expectedLengths(ShapedLines shaped) {
    double[] expected = new double[shaped.shapeCount()];
    for (int i = 0; i < expected.length; i++) {
      Shape shape = shaped.shape(i);
      expected[i] = shape.textBytes();
      for (int slot = 0; slot < shape.slotCount(); slot++) {
        Stamp stamp = shaped.stamp(shaped.column(i, slot));
        expected[i] += (stamp.lengthMin() + (double) stamp.lengthMax()) / 2;
      }
    }
    return expected;
  }

  private static long[] metadata(SegmentPage page, PageEntry entry, int[] rows) {
    if (page.metadataCount() <= COUNTED_SETS_MAX) {
      return Page.metadataBytes(page);
    }
    double perRow =
        Math.max(0, (double) entry.metadataChars() / entry.rowCount() - DETECTED_LEVEL_CHARS);
    long[] bytes = new long[rows.length];
    for (int run = 0; run < rows.length; run++) {
      bytes[run] = Math.round(rows[run] * perRow);
    }
    return bytes;
  }
}
