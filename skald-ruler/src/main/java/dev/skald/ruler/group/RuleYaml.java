package dev.skald.ruler.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Groups to YAML, as the API gives them: keys that are not set are left out, blocks begin at
 * multiples of four columns. {@link RuleGroupReader} reads it as the same group.
 */
public final class RuleYaml {
  private static final int TAB = 4;

  private final StringBuilder out = new StringBuilder(512);

  private RuleYaml() {}

  /** One group, its keys at the margin. */
  public static String group(RuleGroup group) {
    RuleYaml yaml = new RuleYaml();
    yaml.append(group, "", 0);
    return yaml.out.toString();
  }

  /** A map from namespaces to lists of groups. */
  public static String namespaces(Map<String, List<RuleGroup>> namespaces) {
    RuleYaml yaml = new RuleYaml();
    namespaces.forEach(
        (namespace, groups) -> {
          yaml.out.append(YamlText.of(namespace)).append(":\n");
          groups.forEach(group -> yaml.append(group, item(TAB), TAB + 2));
        });
    return yaml.out.toString();
  }

  /** One group as the value of a key at the margin. */
  public static String indented(RuleGroup group) {
    RuleYaml yaml = new RuleYaml();
    yaml.append(group, " ".repeat(TAB), TAB);
    return yaml.out.toString();
  }

  private static String item(int column) {
    return " ".repeat(column) + "- ";
  }

  /** Where a block below a key at {@code column} begins. */
  private static int below(int column) {
    return (column / TAB + 1) * TAB;
  }

  /**
   * @param first before the first key
   * @param column of the other keys
   */
  private void append(RuleGroup group, String first, int column) {
    out.append(first).append("name: ").append(YamlText.of(group.name())).append('\n');
    duration("interval", group.interval(), column);
    if (group.limit() != 0) {
      out.repeat(' ', column).append("limit: ").append(group.limit()).append('\n');
    }
    out.repeat(' ', column).append("rules:");
    out.append(group.rules().isEmpty() ? " []\n" : "\n");
    int rules = below(column);
    group.rules().forEach(rule -> append(rule, item(rules), rules + 2));
  }

  private void append(Rule rule, String first, int column) {
    String kind =
        switch (rule) {
          case Rule.Recording _ -> "record";
          case Rule.Alerting _ -> "alert";
        };
    out.append(first).append(kind).append(": ").append(YamlText.of(rule.name())).append('\n');
    out.repeat(' ', column).append("expr: ");
    out.append(YamlText.ofLines(rule.expr(), column + 2)).append('\n');
    switch (rule) {
      case Rule.Recording _ -> texts("labels", rule.labels(), column);
      case Rule.Alerting alert -> {
        duration("for", alert.pendingFor(), column);
        duration("keep_firing_for", alert.keepFiringFor(), column);
        texts("labels", alert.labels(), column);
        texts("annotations", alert.annotations(), column);
      }
    }
  }

  private void duration(String key, Duration duration, int column) {
    if (!duration.isZero()) {
      out.repeat(' ', column).append(key).append(": ");
      out.append(RuleDuration.format(duration)).append('\n');
    }
  }

  private void texts(String key, Map<String, String> texts, int column) {
    if (texts.isEmpty()) {
      return;
    }
    out.repeat(' ', column).append(key).append(":\n");
    int below = below(column);
    texts.forEach(
        (name, text) -> {
          out.repeat(' ', below).append(YamlText.of(name)).append(": ");
          out.append(YamlText.ofLines(text, below + 2)).append('\n');
        });
  }
}
