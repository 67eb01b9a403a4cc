package dev.skald.grep;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Says whether an RE2 expression matches; linear time. Immutable as its callers see it; safe for concurrent use.
 *
 * <p>RE2/J is the definition: it says what is an expression, and {@link #matchesPlainly} asks it. The fast way is tested
 * against it: strings that must occur are looked for first ({@link RequiredLiterals}), then a lazily built automaton
 * reads the text's bytes ({@link LazyDfa}). Text that is not UTF-8 and expressions that {@link RegexReader} does not
 * read go the plain way.
 */
public final class RegexFilter {
  /** Automata kept for reuse, found by thread. */
  private static final int SLOTS = 8;

  private final Pattern pattern;
  private final Anchor anchor;
  private final @Nullable ByteProgram program;
  private final @Nullable LiteralSetFinder required;
  private final boolean requiredIsEnough;

  /** A match cannot begin before the first required string, so that the automaton may begin there. */
  private final boolean beginsAtRequired;

  private final AtomicReferenceArray<LazyDfa> idle = new AtomicReferenceArray<>(SLOTS);

  /** Where a match must lie. */
  public enum Anchor {
    /** Anywhere in the text; {@code .} does not match a newline. */
    NONE,
    /** The whole text; {@code .} matches a newline too (matchers and label filters). */
    WHOLE
  }

  private RegexFilter(Pattern pattern, Anchor anchor, Optional<RegexNode> node) {
    this.pattern = pattern;
    this.anchor = anchor;
    this.program = node.flatMap(ByteProgram::of).orElse(null);
    Optional<RequiredLiterals> literals = node.flatMap(RequiredLiterals::of);
    this.required =
        program == null ? null : literals.map(l -> new LiteralSetFinder(l.literals())).orElse(null);
    this.requiredIsEnough =
        anchor == Anchor.NONE && literals.map(RequiredLiterals::exact).orElse(false);
    this.beginsAtRequired =
        anchor == Anchor.NONE
            && program != null
            && !program.hasAssertions()
            && literals.map(RequiredLiterals::leading).orElse(false);
  }

  /**
   * @throws RegexSyntaxException with RE2's own wording
   */
  public static RegexFilter compile(String expression, Anchor anchor) {
    RegexSize.check(expression); // RE2/J would unroll it first and ask afterwards
    try {
      return switch (anchor) {
        case NONE ->
            new RegexFilter(
                Pattern.compile(expression),
                anchor,
                RegexReader.read(expression, RegexReader.Dot.NOT_NEWLINE));
        case WHOLE ->
            new RegexFilter(
                Pattern.compile(expression, Pattern.DOTALL),
                anchor,
                RegexReader.read(expression, RegexReader.Dot.ALL));
      };
    } catch (PatternSyntaxException e) {
      throw new RegexSyntaxException(String.valueOf(e.getMessage()));
    }
  }

  /** Whether {@link #nextCandidate} can rule stretches of text out. */
  public boolean hasRequiredLiterals() {
    return required != null;
  }

  /**
   * Where in {@code [start, end)} one of the strings stands that every match must hold; -1: no part of it matches.
   * Legal when {@link #hasRequiredLiterals}. What lies before the answer cannot match by itself.
   */
  public int nextCandidate(byte[] bytes, int start, int end) {
    return required == null ? start : required.find(bytes, start, end);
  }

  /** Whether bytes {@code [start, end)}, read as UTF-8, match. */
  public boolean matches(byte[] bytes, int start, int end) {
    if (program == null) {
      return matchesPlainly(bytes, start, end);
    }
    int from = start;
    if (required != null) {
      int candidate = required.find(bytes, start, end);
      if (candidate < 0 || requiredIsEnough) {
        return candidate >= 0;
      }
      boolean isCharacterStart = bytes[candidate] >= 0;
      if (beginsAtRequired && isCharacterStart) {
        from = candidate;
      }
    }
    if (!Utf8Check.isValid(bytes, from, end)) {
      return matchesPlainly(bytes, start, end);
    }
    int slot = (int) (Thread.currentThread().threadId() % SLOTS);
    LazyDfa known = idle.getAndSet(slot, null);
    LazyDfa dfa = known != null ? known : new LazyDfa(program, anchor);
    boolean matches = dfa.matches(bytes, from, end);
    idle.set(slot, dfa);
    return matches;
  }

  /** Whether the expression has an automaton of its own. */
  boolean isFast() {
    return program != null;
  }

  public boolean matches(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return matches(bytes, 0, bytes.length);
  }

  /** The definition: what RE2/J says of the bytes read as UTF-8, broken sequences as U+FFFD. */
  boolean matchesPlainly(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    return switch (anchor) {
      case NONE -> pattern.matcher(text).find();
      case WHOLE -> pattern.matcher(text).matches();
    };
  }
}
