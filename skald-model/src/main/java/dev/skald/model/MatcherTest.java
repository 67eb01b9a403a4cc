package dev.skald.model;

import dev.skald.grep.RegexFilter;
import org.jspecify.annotations.Nullable;

/** A {@link Matcher} ready to be asked. Immutable; safe for concurrent use. */
public final class MatcherTest {
  private final Matcher matcher;
  private final @Nullable RegexFilter regex;

  private MatcherTest(Matcher matcher, @Nullable RegexFilter regex) {
    this.matcher = matcher;
    this.regex = regex;
  }

  /**
   * @throws dev.skald.grep.RegexSyntaxException if the value is not an RE2 expression
   */
  public static MatcherTest of(Matcher matcher) {
    return switch (matcher.op()) {
      case EQUAL, NOT_EQUAL -> new MatcherTest(matcher, null);
      case REGEX, NOT_REGEX ->
          new MatcherTest(matcher, RegexFilter.compile(matcher.value(), RegexFilter.Anchor.WHOLE));
    };
  }

  public Matcher matcher() {
    return matcher;
  }

  /** {@code value} is the label's value, empty if the label is missing. */
  public boolean test(String value) {
    return switch (matcher.op()) {
      case EQUAL -> value.equals(matcher.value());
      case NOT_EQUAL -> !value.equals(matcher.value());
      case REGEX -> regex != null && regex.matches(value);
      case NOT_REGEX -> regex != null && !regex.matches(value);
    };
  }
}
