package dev.skald.logql.pipeline;

import dev.skald.logql.syntax.MetricExpr.Conversion;
import org.jspecify.annotations.Nullable;

/**
 * {@code unwrap x}: a label becomes the row's number (spec logql.md 6.15). Rows without it, or with
 * an empty one, are no samples and are dropped; what cannot be read is 0, with an error.
 */
final class UnwrapStep implements Step {
  private static final double NANOS_PER_SECOND = 1e9;

  private final String label;
  private final int nameId;
  private final Conversion conversion;
  private final GoNumbers numbers = new GoNumbers();
  private final ByteSlice text = new ByteSlice();

  UnwrapStep(RowBatch batch, String label, Conversion conversion) {
    this.label = label;
    nameId = batch.names().id(label);
    this.conversion = conversion;
  }

  String label() {
    return label;
  }

  /** Whether values are numbers as they stand. */
  boolean isPlain() {
    return conversion == Conversion.NONE;
  }

  @Override
  public void apply(RowBatch batch) {
    batch.keep(place -> unwrap(batch, place));
  }

  private boolean unwrap(RowBatch batch, int place) {
    if (conversion == Conversion.NONE) {
      double number = batch.findNumber(place, nameId);
      if (Double.isFinite(number)) {
        batch.setValue(place, number);
        return true;
      }
    }
    if (!batch.find(place, nameId, text) || text.length() == 0) {
      return false;
    }
    String fault = convert();
    if (fault == null) {
      batch.setValue(place, value());
    } else {
      batch.setValue(place, 0);
      batch.setError(place, ParserErrors.SAMPLE_EXTRACTION, fault);
    }
    return true;
  }

  private @Nullable String convert() {
    return switch (conversion) {
      case NONE -> numbers.readFloat(text.bytes, text.start, text.end);
      case BYTES -> numbers.readSize(text.bytes, text.start, text.end);
      case DURATION, DURATION_SECONDS -> numbers.readDuration(text.bytes, text.start, text.end);
    };
  }

  private double value() {
    return switch (conversion) {
      case NONE -> numbers.number;
      case BYTES -> unsigned(numbers.size);
      case DURATION, DURATION_SECONDS -> numbers.nanos / NANOS_PER_SECOND;
    };
  }

  private static double unsigned(long size) {
    // Halved with the last bit kept, so that rounding is as of the whole.
    return size >= 0 ? size : ((size >>> 1) | (size & 1)) * 2.0;
  }

  /** Takes the unwrapped label away, after the filters that may still look at it. */
  record RemoveLabel(int nameId) implements Step {
    @Override
    public void apply(RowBatch batch) {
      for (int i = 0; i < batch.count(); i++) {
        batch.remove(batch.place(i), nameId);
      }
    }
  }
}
