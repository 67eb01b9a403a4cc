package dev.skald.ruler.group;

import java.util.Map;

/** How much rules weigh in memory and in answers, in characters of their texts; for limits. */
public final class RuleWeight {
  /** What a rule costs beside its texts. */
  static final int PER_RULE = 128;

  /** What an entry of a map costs beside its texts. */
  private static final int PER_ENTRY = 32;

  private RuleWeight() {}

  public static long of(RuleGroup group) {
    return of(group.name()) + group.rules().stream().mapToLong(RuleWeight::of).sum();
  }

  private static long of(Rule rule) {
    long weight = PER_RULE + of(rule.name()) + of(rule.expr()) + of(rule.labels());
    return switch (rule) {
      case Rule.Recording _ -> weight;
      case Rule.Alerting alert -> weight + of(alert.annotations());
    };
  }

  static long of(String text) {
    return text.length();
  }

  static long of(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToLong(entry -> PER_ENTRY + of(entry.getKey()) + of(entry.getValue()))
        .sum();
  }
}
