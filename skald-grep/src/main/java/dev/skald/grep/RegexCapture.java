package dev.skald.grep;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what the groups of an RE2 expression hold in its first match; linear time. Immutable as its
 * callers see it; safe for concurrent use, a {@link Search} is for one thread.
 *
 * <p>RE2/J is the definition, and {@link Search#findPlainly} asks it. The fast way ({@link
 * CaptureSearch}) is tested against it. Expressions and texts that it gives up, and text that is
 * not UTF-8, go the plain way.
 */
public final class RegexCapture {
  private final Pattern pattern;
  private final RegexFilter filter;
  private final @Nullable CaptureProgram program;
  private final @Nullable NeedleFinder required;

  /** A match begins where a required needle stands. */
  private final boolean beginsAtRequired;

  private RegexCapture(Pattern pattern, RegexFilter filter, Optional<RegexNode> node) {
    this.pattern = pattern;
    this.filter = filter;
    program = node.flatMap(CaptureProgram::of).orElse(null);
    Optional<RequiredNeedles> needles =
        (program == null ? Optional.<RegexNode>empty() : node).flatMap(RequiredNeedles::of);
    required = needles.map(found -> new NeedleFinder(found.needles())).orElse(null);
    beginsAtRequired = needles.map(RequiredNeedles::leading).orElse(false);
  }

  /**
   * @param expression named groups are written {@code (?P<name>}
   * @throws RegexSyntaxException with RE2's own wording
   */
  public static RegexCapture compile(String expression) {
    RegexFilter filter = RegexFilter.compile(expression, RegexFilter.Anchor.NONE);
    try {
      return new RegexCapture(
          Pattern.compile(expression),
          filter,
          RegexReader.read(expression, RegexReader.Dot.NOT_NEWLINE));
    } catch (PatternSyntaxException e) {
      throw new RegexSyntaxException(String.valueOf(e.getMessage()));
    }
  }

  /** Numbers of the named groups; the first group has number 1. */
  public Map<String, Integer> namedGroups() {
    return pattern.namedGroups();
  }

  public int groupCount() {
    return pattern.groupCount();
  }

  /** Whether there is a way besides RE2/J. */
  boolean isFast() {
    return program != null;
  }

  public Search newSearch() {
    return new Search();
  }

  /** Searches texts one after the other. */
  public final class Search {
    private final @Nullable CaptureSearch fast =
        program == null ? null : new CaptureSearch(program, groupCount());
    private @Nullable Matcher plain;
    private @Nullable Utf8Text plainText;

    private Search() {}

    /** Whether bytes {@code [start, end)} hold a match. */
    public boolean find(byte[] bytes, int start, int end) {
      if (fast == null) {
        return findPlainly(bytes, start, end);
      }
      if (!Utf8Check.isValid(bytes, start, end)) {
        return findPlainly(bytes, start, end);
      }
      int hit = required == null ? start : required.find(bytes, start, end);
      if (hit < 0) {
        return false;
      }
      int from = beginsAtRequired ? hit : start;
      plain = null;
      return switch (fast.find(bytes, start, from, end, beginsAtRequired ? required : null)) {
        case FOUND -> true;
        case NOT_FOUND -> false;
        case GIVEN_UP -> filter.matches(bytes, start, end) && findPlainly(bytes, start, end);
      };
    }

    /**
     * The definition: what RE2/J says of the bytes read as text. (Over bytes it takes the place
     * behind a character beyond ASCII for the start of the text.)
     */
    boolean findPlainly(byte[] bytes, int start, int end) {
      Utf8Text text = new Utf8Text(bytes, start, end);
      Matcher matcher = pattern.matcher(text.text());
      plain = matcher;
      plainText = text;
      return matcher.find();
    }

    /**
     * Where in the bytes group {@code number}, from 1, begins; -1 if it has no part in the match.
     * Legal after a match.
     */
    public int start(int number) {
      if (plain != null && plainText != null) {
        int at = plain.start(number);
        return at < 0 ? -1 : plainText.offset(at);
      }
      return fast == null ? -1 : fast.start(number);
    }

    /** Where it ends; -1 as {@link #start}. */
    public int end(int number) {
      if (plain != null && plainText != null) {
        int at = plain.end(number);
        return at < 0 ? -1 : plainText.offset(at);
      }
      return fast == null ? -1 : fast.end(number);
    }
  }
}
