package dev.skald.testkit.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The scripts of the house: one for each feature of the language, each complete in itself. */
public final class Scripts {
  static final String SUFFIX = ".logqltest";

  private static final List<String> NAMES =
      List.of(
          "absent_over_time",
          "aggregation_values",
          "approx_topk",
          "arithmetic",
          "avg_over_time",
          "bytes_over_time",
          "bytes_rate",
          "comparison",
          "comparison_operators",
          "count_over_time",
          "decolorize",
          "deviation_over_time",
          "drop_keep",
          "errors",
          "extraction",
          "first_last_over_time",
          "grouping",
          "json",
          "json_expressions",
          "json_faults",
          "label_filter_conversions",
          "label_filter_ip",
          "label_filter_logic",
          "label_filters",
          "label_format",
          "label_replace",
          "let",
          "lexical",
          "line_filter_ip",
          "line_filter_or",
          "line_filter_pattern",
          "line_filters",
          "line_format",
          "literals",
          "log_queries",
          "logfmt",
          "logfmt_expressions",
          "logfmt_flags",
          "loki_reading",
          "matching",
          "min_max_over_time",
          "offset",
          "order_by",
          "parse_errors",
          "pattern",
          "precedence",
          "quantile_over_time",
          "query_as_written",
          "range_placement",
          "rate",
          "rate_counter",
          "regexp",
          "selectors",
          "set_operators",
          "sort",
          "stats",
          "stats_columns",
          "stats_filters",
          "stats_order",
          "structured_metadata",
          "sum_over_time",
          "template_functions",
          "template_language",
          "terminal_aggregation",
          "timestamp_filters",
          "topk",
          "unpack",
          "unselective_selectors",
          "unwrap",
          "unwrap_conversions",
          "unwrap_in_log_query",
          "variants",
          "vector",
          "vector_aggregations");

  private Scripts() {}

  /** Every script, by name. */
  public static List<Script> all() {
    return NAMES.stream().map(Scripts::named).toList();
  }

  /** @param name without folder and suffix */
  public static Script named(String name) {
    String file = "scripts/" + name + SUFFIX;
    try (InputStream in = Scripts.class.getResourceAsStream("/" + file)) {
      byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
      return Script.parse(file, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> names() {
    return NAMES;
  }
}
