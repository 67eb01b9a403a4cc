package dev.skald.query.plain;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry on its way through a pipeline: a line and labels of three categories, of which a higher
 * one hides a lower one (spec logql.md 5).
 */
final class PlainRow {
  static final String ERROR = "__error__";
  static final String DETAILS = "__error_details__";

  final PlainEntry entry;
  String line;

  private final Map<String, String> stream = new TreeMap<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, String> parsed = new TreeMap<>();
  private String error = "";
  private String details = "";

  PlainRow(PlainEntry entry) {
    this.entry = entry;
    this.line = entry.line();
    for (Label label : entry.stream().sorted()) {
      stream.put(label.name(), label.value());
    }
    for (Label label : entry.metadata().sorted()) {
      boolean isTaken = entry.stream().has(label.name());
      metadata.put(isTaken ? label.name() + "_extracted" : label.name(), label.value());
    }
  }

  /** Null if there is no such label. */
  String find(String name) {
    if (name.equals(ERROR)) {
      return error.isEmpty() ? null : error;
    }
    if (name.equals(DETAILS)) {
      return details.isEmpty() ? null : details;
    }
    if (parsed.containsKey(name)) {
      return parsed.get(name);
    }
    if (metadata.containsKey(name)) {
      return metadata.get(name);
    }
    return stream.get(name);
  }

  /** Empty if there is no such label. */
  String get(String name) {
    String value = find(name);
    return value == null ? "" : value;
  }

  /** A parsed label, which hides others of its name. */
  void set(String name, String value) {
    delete(name);
    parsed.put(name, value);
  }

  void delete(String name) {
    if (name.equals(ERROR)) {
      error = "";
    } else if (name.equals(DETAILS)) {
      details = "";
    } else {
      stream.remove(name);
      metadata.remove(name);
      parsed.remove(name);
    }
  }

  /** The name under which a parser stores a label: not that of a stream label, nor of metadata. */
  String extractedName(String name) {
    boolean isTaken = entry.stream().has(name) || metadata.containsKey(name);
    return isTaken ? name + "_extracted" : name;
  }

  /**
   * What a parser found; the first value of a name stays. A label that was dropped may be found
   * again: the reference's memory of it is a quirk that Skald does not share.
   */
  void extract(String name, String value) {
    String target = extractedName(name);
    if (!parsed.containsKey(target)) {
      set(target, value);
    }
  }

  /** What an expression of a parser found; it overwrites. */
  void extractExpression(String name, String value) {
    set(extractedName(name), value);
  }

  void setError(String kind, String text) {
    error = kind;
    details = text;
  }

  boolean hasError() {
    return !error.isEmpty();
  }

  Labels streamLabels() {
    return Labels.of(stream);
  }

  Labels metadataLabels() {
    return Labels.of(metadata);
  }

  /** With the error, if there is one. */
  Labels parsedLabels() {
    Map<String, String> all = new TreeMap<>(parsed);
    if (!error.isEmpty()) {
      all.put(ERROR, error);
    }
    if (!details.isEmpty()) {
      all.put(DETAILS, details);
    }
    return Labels.of(all);
  }

  /** Of all categories, with the error if there is one. */
  Map<String, String> allLabels() {
    Map<String, String> all = new TreeMap<>();
    all.putAll(stream);
    all.putAll(metadata);
    for (Label label : parsedLabels().sorted()) {
      all.put(label.name(), label.value());
    }
    return all;
  }

  /**
   * A label's name as parsers make it of any text (spec logql.md 5.1); empty if nothing is left.
   */
  static String sanitised(String text) {
    StringBuilder name = new StringBuilder();
    for (char c : text.strip().toCharArray()) {
      boolean isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean isDigit = c >= '0' && c <= '9';
      name.append(name.isEmpty() && isDigit ? "_" : "").append(isWord || isDigit ? c : '_');
    }
    return name.toString();
  }
}
