package dev.skald.logql.engine;

import dev.skald.model.Labels;
import java.util.List;

/**
 * A finished group of {@code stats}.
 *
 * @param labels the columns that are not empty
 * @param results in the order of the functions
 */
record StatsRow(Labels labels, List<Double> results) {
  StatsRow {
    results = List.copyOf(results);
  }
}
