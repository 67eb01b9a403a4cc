package dev.skald.storage.segment;

import dev.skald.bytes.ByteReader;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sets of structured metadata of a page, each decoded when asked, and which set each row has.
 * Safe for concurrent use: a set that several threads decode at once is the same to each.
 */
final class MetadataColumn {
  private final int contentBytes;
  private final List<String> names;
  private final ByteReader content;

  /** Where in the content's array the set of ordinal {@code i + 1} starts. */
  private final int[] setStarts;

  private final @Nullable Labels[] sets;

  private MetadataColumn(
      int contentBytes, List<String> names, ByteReader content, int[] setStarts) {
    this.contentBytes = contentBytes;
    this.names = names;
    this.content = content;
    this.setStarts = setStarts;
    this.sets = new Labels[setStarts.length];
  }

  /**
   * Reads the sets.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  static MetadataColumn decode(ByteReader setsIn, int rowCount, ZstdContexts zstd) {
    int contentBytes = setsIn.readCount("bytes of metadata", SegmentLayout.PAGE_LINE_BYTES_MAX);
    byte[] bytes = SegmentPage.readContent(setsIn, contentBytes, zstd, 0);
    setsIn.requireEnd("metadata sets");
    ByteReader content = setsIn.nested(bytes, contentBytes);
    int nameCount = content.readCount("metadata names", content.remaining());
    List<String> names = new ArrayList<>(nameCount);
    for (int i = 0; i < nameCount; i++) {
      names.add(content.readText("metadata name"));
    }
    int setCount = content.readCount("metadata sets", rowCount);
    int[] setStarts = new int[setCount];
    for (int i = 0; i < setCount; i++) {
      setStarts[i] = content.position();
      skipSet(content, nameCount);
    }
    content.requireEnd("metadata sets");
    return new MetadataColumn(contentBytes, names, content, setStarts);
  }

  /** Bytes of names and sets. */
  int contentBytes() {
    return contentBytes;
  }

  /** Checks all that reading the set later relies on. */
  private static void skipSet(ByteReader in, int nameCount) {
    int size = in.readCount("labels of metadata set", nameCount);
    if (size < 1) {
      throw in.corrupt("labels of metadata set", "at least 1", size);
    }
    for (int i = 0; i < size; i++) {
      in.readCount("metadata name", nameCount - 1);
      in.skip(in.readCount("metadata value length", in.remaining()));
    }
  }

  /**
   * Reads for each row 0 or its set.
   *
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  int[] decodeOrdinals(ByteReader in, int rowCount, ZstdContexts zstd) {
    int setCount = setStarts.length;
    int form = in.readByte();
    int[] ordinals = new int[rowCount];
    if (form == SegmentLayout.ORDINALS_PLAIN) {
      long[] values = LongColumn.decode(in, rowCount, zstd);
      for (int row = 0; row < rowCount; row++) {
        ordinals[row] = ordinal(in, values[row], setCount);
      }
    } else if (form == SegmentLayout.ORDINALS_RUNS) {
      int runCount = in.readCount("runs of metadata", rowCount);
      long[] values = LongColumn.decode(in, runCount, zstd);
      long[] lengths = LongColumn.decode(in, runCount, zstd);
      int row = 0;
      for (int run = 0; run < runCount; run++) {
        int ordinal = ordinal(in, values[run], setCount);
        if (lengths[run] < 1 || lengths[run] > rowCount - row) {
          throw in.corrupt("run of metadata", "1 to " + (rowCount - row), lengths[run]);
        }
        for (int end = row + (int) lengths[run]; row < end; row++) {
          ordinals[row] = ordinal;
        }
      }
      if (row != rowCount) {
        throw in.corrupt("rows in runs of metadata", rowCount, row);
      }
    } else {
      throw in.corrupt("form of metadata ordinals", "0 or 1", form);
    }
    in.requireEnd("metadata ordinals");
    return ordinals;
  }

  private static int ordinal(ByteReader in, long value, int setCount) {
    if (value < 0 || value > setCount) {
      throw in.corrupt("metadata ordinal", "0 to " + setCount, value);
    }
    return (int) value;
  }

  /** The empty set and the others. */
  int count() {
    return setStarts.length + 1;
  }

  /** A set other than the empty one, 1 to {@link #count} - 1. */
  Labels set(int ordinal) {
    Labels known = sets[ordinal - 1];
    if (known == null) {
      known = decodeSet(setStarts[ordinal - 1]);
      sets[ordinal - 1] = known;
    }
    return known;
  }

  private Labels decodeSet(int start) {
    ByteReader in = content.at(start);
    int size = in.readCount("labels of metadata set", names.size());
    List<Label> labels = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String name = names.get(in.readCount("metadata name", names.size() - 1));
      labels.add(new Label(name, in.readText("metadata value")));
    }
    try {
      return new Labels(labels);
    } catch (IllegalArgumentException e) {
      throw in.corrupt("metadata set", "sorted names", String.valueOf(e.getMessage()));
    }
  }
}
