package dev.skald.testkit.script;

import dev.skald.model.Labels;
import java.util.List;
import java.util.OptionalDouble;

/** What the answer of a query must be. */
sealed interface Expectation {
  /** Nothing: no series, no entries. */
  record Empty() implements Expectation {}

  /**
   * An error. {@code message} is all of it, or a part, or (with {@link Text#ANY}) not looked at.
   */
  record Fails(Text text, String message) implements Expectation {
    enum Text {
      ANY,
      PART,
      WHOLE
    }
  }

  /** A scalar. */
  record ScalarValue(double value) implements Expectation {}

  /** Series of a vector or a matrix. */
  record SeriesList(List<ExpectedSeries> series, Order order) implements Expectation {
    public SeriesList {
      series = List.copyOf(series);
    }
  }

  /** One series: a value for each evaluation time, or none. */
  record ExpectedSeries(Labels labels, List<OptionalDouble> values) {
    public ExpectedSeries {
      values = List.copyOf(values);
    }
  }

  /** Entries of a log query. Those with the same labels are always in order. */
  record Entries(List<ExpectedEntry> entries, Order order) implements Expectation {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /**
   * One entry.
   *
   * @param labels all that it has: of the stream, structured metadata, parsed
   */
  record ExpectedEntry(Labels labels, String line, long timeNanos) {}

  /** Whether the order of series (or of label sets, for entries) counts. */
  enum Order {
    ANY,
    AS_LISTED
  }
}
