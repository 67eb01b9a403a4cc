package dev.skald.storage.head;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.SharedLabels;
import java.util.ArrayList;
import java.util.List;

/**
 * Label sets one after the other, each told by what differs from the one before: streams of a push
 * mostly differ in a value or two. Bytes: docs/format/wal.md#label-sets. One list, one thread.
 */
final class LabelSetCodec {
  /** The label that the set before has in this place. */
  private static final int SAME = 0;

  /** That label's name, and a value of its own. */
  private static final int SAME_NAME = 1;

  private static final int OWN = 2;

  private Labels before = Labels.EMPTY;

  void put(Labels labels, ByteWriter out) {
    List<Label> own = labels.sorted();
    List<Label> others = before.sorted();
    out.putVarint(own.size());
    for (int i = 0; i < own.size(); i++) {
      Label label = own.get(i);
      int kind = i < others.size() ? kind(label, others.get(i)) : OWN;
      out.putByte(kind);
      if (kind == OWN) {
        out.putText(label.name());
      }
      if (kind != SAME) {
        out.putText(label.value());
      }
    }
    before = labels;
  }

  @SuppressWarnings("ReferenceEquality") // mostly they are one object
  private static int kind(Label label, Label other) {
    if (label == other) {
      return SAME;
    }
    if (!label.name().equals(other.name())) {
      return OWN;
    }
    return label.value().equals(other.value()) ? SAME : SAME_NAME;
  }

  /**
   * @throws dev.skald.error.SkaldException CORRUPT
   */
  Labels read(ByteReader in, SharedLabels shared) {
    int count = in.readCount("labels", in.remaining());
    if (count == 0) {
      before = Labels.EMPTY;
      return before;
    }
    List<Label> others = before.sorted();
    List<Label> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int kind = in.readByte();
      if (kind < SAME || kind > OWN || (kind != OWN && i >= others.size())) {
        throw in.corrupt("kind of label", i < others.size() ? "0 to 2" : "2", kind);
      }
      if (kind == SAME) {
        labels.add(others.get(i));
      } else {
        String name = kind == OWN ? in.readText("label name") : others.get(i).name();
        labels.add(shared.of(new Label(name, in.readText("label value"))));
      }
    }
    before = checked(labels, in);
    return before;
  }

  /** As version 1 of a batch has it: names and values in turn. */
  static Labels readPlain(ByteReader in, SharedLabels shared) {
    int count = in.readCount("labels", in.remaining());
    List<Label> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Label label = new Label(in.readText("label name"), in.readText("label value"));
      labels.add(shared.of(label));
    }
    return count == 0 ? Labels.EMPTY : checked(labels, in);
  }

  private static Labels checked(List<Label> labels, ByteReader in) {
    try {
      return new Labels(labels);
    } catch (IllegalArgumentException e) {
      throw in.corrupt("labels", "names sorted", labels);
    }
  }
}
