package dev.skald.ruler.group;

import java.time.Duration;
import java.util.List;

/**
 * Rules that are evaluated together, one after the other.
 *
 * @param name not empty
 * @param interval between evaluations; zero is the ruler's own
 * @param limit of alerts or series that a rule may make; 0 is none
 */
public record RuleGroup(String name, Duration interval, int limit, List<Rule> rules) {
  public RuleGroup {
    rules = List.copyOf(rules);
  }

  /** The same with other rules. */
  public RuleGroup with(List<Rule> others) {
    return new RuleGroup(name, interval, limit, others);
  }
}
