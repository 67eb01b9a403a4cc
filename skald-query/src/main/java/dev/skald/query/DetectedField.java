package dev.skald.query;

import dev.skald.logql.pipeline.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A field met in some entries: its values, and who found it. For one thread. */
public final class DetectedField {
  private final String name;
  private final Set<String> values = new LinkedHashSet<>();
  private final Set<String> parsers = new LinkedHashSet<>();
  private FieldType type = FieldType.STRING;
  private List<String> jsonPath = List.of();
  private boolean isParsed;

  DetectedField(String name) {
    this.name = name;
  }

  /** Of an entry; the last one's value says the type. */
  void add(String value) {
    type = FieldType.of(value);
    values.add(value);
  }

  void parsedByQuery() {
    isParsed = true;
  }

  void parsedBy(String parser, List<String> path) {
    isParsed = true;
    parsers.add(parser);
    if (!path.isEmpty()) {
      jsonPath = path;
    }
  }

  public String name() {
    return name;
  }

  public FieldType type() {
    return type;
  }

  public int cardinality() {
    return values.size();
  }

  /** Whether it was found in lines; what was not is structured metadata. */
  public boolean isParsed() {
    return isParsed;
  }

  /** {@code json} and {@code logfmt}, in the order in which they found it. */
  public List<String> parsers() {
    return List.copyOf(parsers);
  }

  /** The keys from the outermost in; empty if JSON has it nowhere. */
  public List<String> jsonPath() {
    return jsonPath;
  }

  /** In the order in which they came, sizes in one notation. */
  List<String> values() {
    if (type != FieldType.BYTES) {
      return List.copyOf(values);
    }
    Set<String> sizes = new LinkedHashSet<>();
    for (String value : values) {
      var size = FieldType.sizeBytes(value);
      sizes.add(size.isPresent() ? decimalSize(size.getAsLong()) : value);
    }
    return new ArrayList<>(sizes);
  }

  /** {@code 20kB}, {@code 1.5MB}, {@code 7B}. */
  private static String decimalSize(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = bytes < 0 ? bytes + 0x1p64 : bytes;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    double rounded = Math.floor(value * 10 + 0.5) / 10;
    String form = rounded < 10 && unit > 0 ? "%.1f%s" : "%.0f%s";
    return String.format(java.util.Locale.ROOT, form, rounded, units[unit]);
  }
}
