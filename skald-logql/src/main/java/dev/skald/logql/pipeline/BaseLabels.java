package dev.skald.logql.pipeline;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labels that a row has without any stage: its stream's and its structured metadata (spec
 * logql.md 5). Shared by all rows that have them. Removing a label gives another one, made once; so
 * rows that start alike and are treated alike stay alike, whatever their number.
 */
final class BaseLabels {
  /** No labels. */
  static final BaseLabels NONE = new BaseLabels(new NameTable(), List.of(), 0, null);

  private final BaseLabels original;
  private final int[] nameIds;
  private final Label[] labels;
  private final byte[][] values;

  /** The first so many are of the stream, the others metadata. */
  private final int streamCount;

  /** A bit per name id, modulo 64: a name whose bit is clear is not here. */
  private final long nameBits;

  private final @Nullable BaseLabels[] without;
  private @Nullable Labels stream;
  private @Nullable Labels metadata;
  private @Nullable Labels merged;

  /** Null: the original. */
  private BaseLabels(
      NameTable names, List<Label> labels, int streamCount, @Nullable BaseLabels original) {
    this.original = original == null ? this : original;
    this.labels = labels.toArray(Label[]::new);
    this.streamCount = streamCount;
    nameIds = new int[this.labels.length];
    values = new byte[this.labels.length][];
    without = new BaseLabels[this.labels.length];
    long bits = 0;
    for (int i = 0; i < nameIds.length; i++) {
      nameIds[i] = names.id(this.labels[i].name());
      values[i] = ByteSlice.utf8(this.labels[i].value());
      bits |= 1L << nameIds[i];
    }
    nameBits = bits;
  }

  /**
   * Lays metadata over a stream's labels. A metadata key that names a stream label becomes
   * {@code <key>_extracted}; empty stream labels count as absent. The metadata's error keys are
   * left out: they set the row's error state.
   */
  static BaseLabels of(NameTable names, Labels stream, Labels metadata) {
    List<Label> all = new ArrayList<>(stream.size() + metadata.size());
    for (Label label : stream.sorted()) {
      if (!label.value().isEmpty()) {
        all.add(label);
      }
    }
    int streamCount = all.size();
    for (Label label : metadata.sorted()) {
      if (label.name().equals(NameTable.ERROR_NAME)
          || label.name().equals(NameTable.ERROR_DETAILS_NAME)) {
        continue;
      }
      Label renamed =
          stream.has(label.name())
              ? new Label(names.name(names.extracted(names.id(label.name()))), label.value())
              : label;
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).name().equals(renamed.name())) {
          all.remove(i);
          streamCount -= i < streamCount ? 1 : 0;
          break;
        }
      }
      all.add(renamed);
    }
    return new BaseLabels(names, all, streamCount, null);
  }

  int size() {
    return nameIds.length;
  }

  int nameId(int index) {
    return nameIds[index];
  }

  Label label(int index) {
    return labels[index];
  }

  /** The value's UTF-8 bytes. Borrowed. */
  byte[] value(int index) {
    return values[index];
  }

  /** Where a name is, or -1. */
  int indexOf(int nameId) {
    if ((nameBits & (1L << nameId)) != 0) {
      for (int i = 0; i < nameIds.length; i++) {
        if (nameIds[i] == nameId) {
          return i;
        }
      }
    }
    return -1;
  }

  /**
   * Whether an extracted label of this name must be called {@code <name>_extracted}: the stream has
   * it, even if it was removed since, or the metadata has it still.
   */
  boolean collides(int nameId) {
    int index = indexOf(nameId);
    if (index >= 0) {
      return true;
    }
    int before = original == this ? -1 : original.indexOf(nameId);
    return before >= 0 && before < original.streamCount;
  }

  BaseLabels without(NameTable names, int index) {
    BaseLabels made = without[index];
    if (made == null) {
      List<Label> left = new ArrayList<>(List.of(labels));
      left.remove(index);
      made =
          new BaseLabels(
              names, left, index < streamCount ? streamCount - 1 : streamCount, original);
      without[index] = made;
    }
    return made;
  }

  /** Without any label. */
  BaseLabels withoutAll(NameTable names) {
    BaseLabels left = this;
    while (left.size() > 0) {
      left = left.without(names, left.size() - 1);
    }
    return left;
  }

  Labels stream() {
    if (stream == null) {
      stream = Labels.of(List.of(labels).subList(0, streamCount));
    }
    return stream;
  }

  Labels metadata() {
    if (metadata == null) {
      metadata = Labels.of(List.of(labels).subList(streamCount, labels.length));
    }
    return metadata;
  }

  Labels merged() {
    if (merged == null) {
      merged = Labels.of(List.of(labels));
    }
    return merged;
  }
}
