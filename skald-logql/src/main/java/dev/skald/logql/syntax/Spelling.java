package dev.skald.logql.syntax;

import java.math.BigDecimal;

/** How values are written where LogQL's canonical form says less than the tree knows. */
enum Spelling {
  /** Nothing is lost: reading the text gives the tree again. */
  EXACT {
    @Override
    String bytes(long unsignedBytes) {
      return ByteSizeText.exact(unsignedBytes);
    }

    @Override
    String vector(double value) {
      String six = NumberText.sixDecimals(value);
      return Double.parseDouble(six) == value ? six : NumberText.shortest(value);
    }

    @Override
    String literal(double value) {
      if (Double.isNaN(value)) {
        return "(0 / 0)";
      }
      if (Double.isInfinite(value)) {
        return value > 0 ? "(1e308 * 10)" : "(1e308 * -10)";
      }
      return NumberText.isNegativeZero(value) ? NEGATIVE_ZERO : NumberText.shortest(value);
    }

    @Override
    String filterNumber(double value) {
      return NumberText.isNegativeZero(value) ? NEGATIVE_ZERO : NumberText.plain(value);
    }

    @Override
    String filterNumber(BigDecimal value) {
      return value.toPlainString();
    }
  },

  /**
   * As {@code format_query} answers (spec logql.md 14): byte sizes rounded, six decimals in {@code
   * vector}.
   */
  FORMATTED {
    @Override
    String bytes(long unsignedBytes) {
      return ByteSizeText.humanised(unsignedBytes);
    }

    @Override
    String vector(double value) {
      return NumberText.sixDecimals(value);
    }

    @Override
    String literal(double value) {
      return NumberText.shortest(value);
    }

    @Override
    String filterNumber(double value) {
      return NumberText.plain(value);
    }

    @Override
    String filterNumber(BigDecimal value) {
      // as of any other label, unless that would be another time
      double rounded = value.doubleValue();
      return new BigDecimal(rounded).compareTo(value) == 0
          ? NumberText.plain(rounded)
          : value.toPlainString();
    }
  };

  /** Without the blank it would read as a duration. */
  private static final String NEGATIVE_ZERO = "- 0";

  abstract String bytes(long unsignedBytes);

  /** The argument of {@code vector}: not negative. */
  abstract String vector(double value);

  /** A literal that stands alone. */
  abstract String literal(double value);

  /** The number of a label filter. */
  abstract String filterNumber(double value);

  /** The number that {@code __timestamp__} is compared with. */
  abstract String filterNumber(BigDecimal value);
}
