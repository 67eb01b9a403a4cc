package dev.skald.ruler.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small groups for tests. */
public final class TestGroups {
  private TestGroups() {}

  /** A group of one recording rule. */
  public static RuleGroup recording(String name, String expr) {
    return new RuleGroup(
        name,
        Duration.ofMinutes(1),
        0,
        List.of(new Rule.Recording("m:rate", expr, new TreeMap<>(Map.of("team", "core")))));
  }

  /** A group of one alert. */
  public static RuleGroup alerting(String name) {
    return new RuleGroup(
        name,
        Duration.ZERO,
        5,
        List.of(
            new Rule.Alerting(
                "HighErrors",
                "vector(1) > 0",
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                new TreeMap<>(Map.of("severity", "page")),
                new TreeMap<>(Map.of("summary", "{{ $value }} errors")))));
  }
}
