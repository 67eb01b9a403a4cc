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
          "arithmetic",
          "bytes_over_time",
          "comparison",
          "count_over_time",
          "drop_keep",
          "json",
          "label_filters",
          "label_format",
          "line_filters",
          "line_format",
          "logfmt",
          "rate",
          "selectors",
          "topk",
          "unwrap",
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
