package dev.skald.logql.pipeline;

import java.util.List;

/**
 * Where parsers with expressions put what they find (spec logql.md 6.3 and 6.5): over a parsed
 * label of the name, beside a label of stream or metadata as {@code <name>_extracted}. Identifiers
 * that were not found become empty labels, for {@code logfmt} even if an earlier stage set them.
 */
final class ExpressionLabels {
  private final RowBatch batch;
  private final int[] nameIds;
  private final ByteSlice ignored = new ByteSlice();

  ExpressionLabels(RowBatch batch, List<String> identifiers) {
    this.batch = batch;
    nameIds = identifiers.stream().mapToInt(batch.names()::id).toArray();
  }

  /** Sets the label of the {@code i}-th identifier. */
  void add(int place, int i, byte[] bytes, int start, int end) {
    int nameId = nameIds[i];
    int target = batch.base(place).collides(nameId) ? batch.names().extracted(nameId) : nameId;
    batch.set(place, target, bytes, start, end);
  }

  /** As {@link #add}, of a value that is read when somebody asks for it. */
  void addColumn(int place, int i, LabelColumn column, int position) {
    int nameId = nameIds[i];
    int target = batch.base(place).collides(nameId) ? batch.names().extracted(nameId) : nameId;
    batch.setColumn(place, target, column, position);
  }

  /**
   * Empties the label of each identifier, whatever an earlier stage set it to; labels of stream and
   * metadata stay.
   */
  void empty(int place) {
    for (int nameId : nameIds) {
      if (!batch.base(place).collides(nameId)) {
        batch.set(place, nameId, ByteSlice.NO_BYTES, 0, 0);
      }
    }
  }

  /** Adds an empty label for each identifier that the row has no label of. */
  void addMissing(int place) {
    for (int nameId : nameIds) {
      if (!batch.find(place, nameId, ignored)) {
        batch.set(place, nameId, ByteSlice.NO_BYTES, 0, 0);
      }
    }
  }
}
