package dev.skald.logql.engine;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The corpus's entries as a push leaves them (spec http-api.md 2.5 and 2.6): with
 * {@code service_name} and {@code detected_level}. As much of it as the corpus needs; the real
 * thing lives with ingestion.
 */
final class PushedRows {
  private static final List<String> SERVICE_LABELS =
      List.of(
          "service",
          "app",
          "application",
          "app_name",
          "name",
          "app_kubernetes_io_name",
          "container",
          "container_name",
          "k8s_container_name",
          "component",
          "workload",
          "job",
          "k8s_job_name");

  private static final List<String> LEVEL_LABELS =
      List.of("level", "severity", "lvl", "severity_text");

  private static final Map<String, String> LEVELS =
      Map.ofEntries(
          Map.entry("trace", "trace"),
          Map.entry("debug", "debug"),
          Map.entry("info", "info"),
          Map.entry("warn", "warn"),
          Map.entry("warning", "warn"),
          Map.entry("err", "error"),
          Map.entry("error", "error"),
          Map.entry("critical", "critical"),
          Map.entry("fatal", "fatal"));

  private PushedRows() {}

  static List<MemoryPages.Row> load() {
    List<MemoryPages.Row> rows = new ArrayList<>();
    for (JsonTree body : JsonTree.resource("/conformance/dataset.json").elements()) {
      for (JsonTree stream : body.member("streams").elements()) {
        Labels labels = stream(stream.member("stream").texts());
        for (JsonTree value : stream.member("values").elements()) {
          List<JsonTree> parts = value.elements();
          String line = parts.get(1).text();
          Map<String, String> metadata =
              parts.size() > 2 ? metadata(parts.get(2).texts()) : new TreeMap<>();
          metadata.put("detected_level", level(labels, metadata, line));
          rows.add(
              new MemoryPages.Row(
                  labels, Long.parseLong(parts.get(0).text()), line, Labels.of(metadata)));
        }
      }
    }
    return rows;
  }

  private static Labels stream(Map<String, String> pushed) {
    Map<String, String> labels = new TreeMap<>(pushed);
    labels.values().removeIf(String::isEmpty);
    if (!labels.containsKey("service_name")) {
      String service = "unknown_service";
      for (String name : SERVICE_LABELS) {
        if (labels.containsKey(name)) {
          service = labels.getOrDefault(name, "");
          break;
        }
      }
      labels.put("service_name", service);
    }
    return Labels.of(labels);
  }

  private static Map<String, String> metadata(Map<String, String> pushed) {
    Map<String, String> metadata = new TreeMap<>();
    pushed.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            metadata.put(normalised(name), value);
          }
        });
    return metadata;
  }

  private static String normalised(String name) {
    boolean dunder = name.length() > 4 && name.startsWith("__") && name.endsWith("__");
    String core = dunder ? name.substring(2, name.length() - 2) : name;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < core.length(); i++) {
      char c = core.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain) {
        out.append(c);
      } else if (out.length() == 0 || out.charAt(out.length() - 1) != '_') {
        out.append('_');
      }
    }
    String text = dunder ? "__" + out + "__" : out.toString();
    return Character.isDigit(text.charAt(0)) ? "key_" + text : text;
  }

  private static String level(Labels stream, Map<String, String> metadata, String line) {
    if (metadata.containsKey("detected_level")) {
      return known(metadata.getOrDefault("detected_level", ""));
    }
    for (String name : LEVEL_LABELS) {
      if (stream.has(name)) {
        return known(stream.get(name));
      }
    }
    for (String name : LEVEL_LABELS) {
      if (metadata.containsKey(name)) {
        return known(metadata.getOrDefault(name, ""));
      }
    }
    if (metadata.getOrDefault("severity_number", "").equals("17")) {
      return "error";
    }
    String lower = line.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      if (i > 0 && " \t\n[({\"=".indexOf(lower.charAt(i - 1)) < 0) {
        continue;
      }
      for (Map.Entry<String, String> level : LEVELS.entrySet()) {
        int end = i + level.getKey().length();
        if (lower.startsWith(level.getKey(), i)
            && (end == lower.length() || " \t\n[](){}:,!\"=".indexOf(lower.charAt(end)) >= 0)) {
          return level.getValue();
        }
      }
    }
    return "unknown";
  }

  private static String known(String level) {
    return LEVELS.getOrDefault(level.toLowerCase(Locale.ROOT), level);
  }

  /** Labels as the corpus writes them. */
  static Labels labels(JsonTree object) {
    List<Label> labels = new ArrayList<>();
    object.texts().forEach((name, value) -> labels.add(new Label(name, value)));
    return Labels.of(labels);
  }
}
