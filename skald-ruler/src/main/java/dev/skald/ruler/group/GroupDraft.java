package dev.skald.ruler.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A group as somebody sent it: the YAML had the right types, and nothing else was looked at.
 *
 * @param name empty if it was left out
 * @param interval zero if it was left out
 */
public record GroupDraft(String name, Duration interval, int limit, List<RuleDraft> rules) {
  public GroupDraft {
    rules = List.copyOf(rules);
  }

  /**
   * A rule as somebody sent it; texts are empty and durations zero if they were left out.
   *
   * @param recordName {@code record}
   * @param alertName {@code alert}
   */
  public record RuleDraft(
      String recordName,
      String alertName,
      String expr,
      Duration pendingFor,
      Duration keepFiringFor,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  /**
   * What keeping it costs at least, in characters. With aliases a short YAML text can hold long
   * rules.
   */
  public long weightChars() {
    return RuleWeight.of(name)
        + rules.stream()
            .mapToLong(
                rule ->
                    RuleWeight.PER_RULE
                        + RuleWeight.of(rule.recordName())
                        + RuleWeight.of(rule.alertName())
                        + RuleWeight.of(rule.expr())
                        + RuleWeight.of(rule.labels())
                        + RuleWeight.of(rule.annotations()))
            .sum();
  }
}
