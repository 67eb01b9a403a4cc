package dev.skald.grep;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;

/** Says whether an RE2 expression matches; linear time. Immutable; safe for concurrent use. */
public final class RegexFilter {
  private final Pattern pattern;
  private final Anchor anchor;

  /** Where a match must lie. */
  public enum Anchor {
    /** Anywhere in the text; {@code .} does not match a newline. */
    NONE,
    /** The whole text; {@code .} matches a newline too (matchers and label filters). */
    WHOLE
  }

  private RegexFilter(Pattern pattern, Anchor anchor) {
    this.pattern = pattern;
    this.anchor = anchor;
  }

  /**
   * @throws RegexSyntaxException with RE2's own wording
   */
  public static RegexFilter compile(String expression, Anchor anchor) {
    try {
      return switch (anchor) {
        case NONE -> new RegexFilter(Pattern.compile(expression), anchor);
        case WHOLE -> new RegexFilter(Pattern.compile(expression, Pattern.DOTALL), anchor);
      };
    } catch (PatternSyntaxException e) {
      throw new RegexSyntaxException(String.valueOf(e.getMessage()));
    }
  }

  /** Whether bytes {@code [start, end)}, read as UTF-8, match. */
  public boolean matches(byte[] bytes, int start, int end) {
    return matches(new String(bytes, start, end - start, StandardCharsets.UTF_8));
  }

  public boolean matches(String text) {
    return switch (anchor) {
      case NONE -> pattern.matcher(text).find();
      case WHOLE -> pattern.matcher(text).matches();
    };
  }
}
