package dev.skald.storage.column;

import java.util.IdentityHashMap;
import java.util.function.Supplier;

/**
 * What is remembered of a column's body once a few of its values were picked: places from which its
 * prefix codes can be read. One for each body, and small beside it. Safe for concurrent use.
 */
public final class ColumnMarks {
  /** By the head itself: the heads of two bodies may be equal. */
  private final IdentityHashMap<NumberHead, PrefixMarks> ofNumbers = new IdentityHashMap<>();

  /** Those of one stream of numbers; found if need be. */
  PrefixMarks of(NumberHead numbers, Supplier<PrefixMarks> find) {
    synchronized (ofNumbers) {
      PrefixMarks known = ofNumbers.get(numbers);
      if (known == null) {
        known = find.get();
        ofNumbers.put(numbers, known);
      }
      return known;
    }
  }
}
