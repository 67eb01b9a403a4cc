package dev.skald.logql.syntax;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code quantile(0.9, latency) as p90} behind {@code stats}.
 *
 * @param parameter quantile's φ; null elsewhere
 * @param label what is aggregated; null for {@code count()}
 * @param name of the result; the function's own where none was written
 */
public record StatsFunction(
    Kind kind, @Nullable Double parameter, @Nullable String label, String name) {
  /** A function, by its name in lower case. */
  public enum Kind {
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    STDDEV,
    STDVAR,
    QUANTILE,
    COUNT_DISTINCT;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
