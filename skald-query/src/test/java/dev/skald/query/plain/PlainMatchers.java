package dev.skald.query.plain;

import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import java.util.List;

/** Conditions on texts (spec logql.md 4). */
final class PlainMatchers {
  private PlainMatchers() {}

  static boolean test(Matcher matcher, String value) {
    return switch (matcher.op()) {
      case EQUAL -> value.equals(matcher.value());
      case NOT_EQUAL -> !value.equals(matcher.value());
      case REGEX -> PlainRegex.matchesWhole(matcher.value(), value);
      case NOT_REGEX -> !PlainRegex.matchesWhole(matcher.value(), value);
    };
  }

  static boolean all(List<Matcher> matchers, Labels labels) {
    return matchers.stream().allMatch(matcher -> test(matcher, labels.get(matcher.name())));
  }
}
