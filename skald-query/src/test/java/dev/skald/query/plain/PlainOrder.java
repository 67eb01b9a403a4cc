package dev.skald.query.plain;

import dev.skald.logql.syntax.SortKey;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Values in an order (docs/language/extensions.md, Order): numbers by size, then texts by code
 * point; what is missing is last, whatever the direction.
 */
record PlainOrder(OptionalDouble number, String text) {
  static PlainOrder of(String value) {
    return new PlainOrder(numbered(PlainNumbers.number(value)), value);
  }

  static PlainOrder of(double value) {
    return new PlainOrder(numbered(OptionalDouble.of(value)), "");
  }

  private static OptionalDouble numbered(OptionalDouble number) {
    return number.isPresent() && Double.isNaN(number.getAsDouble())
        ? OptionalDouble.empty()
        : number;
  }

  private int rank() {
    return number.isPresent() ? 0 : text.isEmpty() ? 2 : 1;
  }

  int compare(PlainOrder other, SortKey.Order order) {
    int sign = order == SortKey.Order.ASCENDING ? 1 : -1;
    if (rank() == 2 || other.rank() == 2) {
      return Integer.compare(rank(), other.rank());
    }
    if (rank() != other.rank()) {
      return sign * Integer.compare(rank(), other.rank());
    }
    if (rank() == 0) {
      double a = number.getAsDouble();
      double b = other.number.getAsDouble();
      return a == b ? 0 : sign * Double.compare(a, b);
    }
    return sign * Arrays.compare(text.codePoints().toArray(), other.text.codePoints().toArray());
  }
}
