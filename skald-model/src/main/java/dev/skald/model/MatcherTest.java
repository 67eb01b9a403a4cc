package dev.skald.model;

import dev.skald.grep.RegexFilter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link Matcher} ready to be asked. Immutable; safe for concurrent use. */
public final class MatcherTest {
  private final Matcher matcher;
  private final @Nullable RegexFilter regex;

  /** What an expression that is a choice between literals matches. */
  private final @Nullable Set<String> values;

  private MatcherTest(Matcher matcher, @Nullable RegexFilter regex, @Nullable Set<String> values) {
    this.matcher = matcher;
    this.regex = regex;
    this.values = values;
  }

  /**
   * @throws dev.skald.grep.RegexSyntaxException if the value is not an RE2 expression
   */
  public static MatcherTest of(Matcher matcher) {
    return switch (matcher.op()) {
      case EQUAL, NOT_EQUAL -> new MatcherTest(matcher, null, null);
      case REGEX, NOT_REGEX -> ofExpression(matcher);
    };
  }

  private static MatcherTest ofExpression(Matcher matcher) {
    Optional<Set<String>> values = LiteralChoice.of(matcher.value());
    return values.isPresent()
        ? new MatcherTest(matcher, null, values.get())
        : new MatcherTest(
            matcher, RegexFilter.compile(matcher.value(), RegexFilter.Anchor.WHOLE), null);
  }

  public Matcher matcher() {
    return matcher;
  }

  /** {@code value} is the label's value, empty if the label is missing. */
  public boolean test(String value) {
    return switch (matcher.op()) {
      case EQUAL -> value.equals(matcher.value());
      case NOT_EQUAL -> !value.equals(matcher.value());
      case REGEX -> matches(value);
      case NOT_REGEX -> !matches(value);
    };
  }

  private boolean matches(String value) {
    return values != null ? values.contains(value) : regex != null && regex.matches(value);
  }
}
