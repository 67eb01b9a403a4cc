package dev.skald.logql.syntax;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.skald.grep.RegexFilter;
import dev.skald.grep.RegexSize;
import dev.skald.grep.RegexSyntaxException;
import dev.skald.model.LiteralChoice;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import java.util.Optional;
import java.util.Set;

/** What is wrong with the regular expressions of a query, in RE2's words. */
final class Regexes {
  private Regexes() {}

  /** What is wrong with an expression: {@code error parsing regexp: missing closing ): `(a`}. */
  static Optional<String> fault(String expression) {
    try {
      // the anchor changes no rule, but RE2/J would put its flags into the message
      RegexFilter.compile(expression, RegexFilter.Anchor.NONE);
      return Optional.empty();
    } catch (RegexSyntaxException e) {
      return Optional.of(worded(e.getMessage(), expression));
    }
  }

  /** What is wrong with a matcher's expression; empty for {@code =} and {@code !=}. */
  static Optional<String> fault(Matcher matcher) {
    return switch (matcher.op()) {
      case EQUAL, NOT_EQUAL -> Optional.empty();
      case REGEX, NOT_REGEX ->
          LiteralChoice.of(matcher.value()).isPresent() ? Optional.empty() : fault(matcher.value());
    };
  }

  static boolean matchesEmpty(Matcher matcher) {
    return MatcherTest.of(matcher).test("");
  }

  /** What is wrong with the expression of the {@code regexp} stage (spec logql.md 6.6). */
  static Optional<String> stageFault(String expression) {
    Set<String> names;
    try {
      RegexSize.check(expression);
      names = Pattern.compile(expression).namedGroups().keySet();
    } catch (RegexSyntaxException e) {
      return Optional.of(e.getMessage());
    } catch (PatternSyntaxException e) {
      String twice = "duplicate capture group name";
      return Optional.of(
          twice.equals(e.getDescription())
              ? "duplicate extracted label name '" + e.getPattern() + "'"
              : worded(String.valueOf(e.getMessage()), expression));
    }
    if (names.isEmpty()) {
      return Optional.of("at least one named capture must be supplied");
    }
    return names.stream()
        .filter(name -> Character.isDigit(name.charAt(0)))
        .findFirst()
        .map(name -> "invalid extracted label name '" + name + "'");
  }

  /** RE2/J reports a closing parenthesis too many as an internal error; RE2 has words for it. */
  private static String worded(String message, String expression) {
    return message.contains("stack underflow")
        ? "error parsing regexp: unexpected ): `" + expression + "`"
        : message;
  }
}
