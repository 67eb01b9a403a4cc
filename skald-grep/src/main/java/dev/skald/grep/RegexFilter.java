package dev.skald.grep;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Says whether an RE2 expression matches; linear time. Immutable as its callers see it; safe for
 * concurrent use.
 *
 * <p>RE2/J is the definition: it says what is an expression, and {@link #matchesPlainly} asks it.
 * The fast ways are tested against it. What must occur in a match is looked for first ({@link
 * RequiredNeedles}). That may be all there is to the expression ({@link NeedleChain}); else a
 * lazily built automaton reads the text's bytes ({@link LazyDfa}). Text that is not UTF-8 and
 * expressions that {@link RegexReader} does not read go the plain way.
 */
public final class RegexFilter {
  /** Automata kept for reuse, found by thread. */
  private static final int SLOTS = 8;

  /** Stretches are searched end to end if at least one in so many is asked about. */
  private static final int DENSE_ROWS = 4;

  /** Hits that are collected before it is asked in which stretches they are. */
  private static final int HITS = 512;

  private final Pattern pattern;
  private final Anchor anchor;
  private final @Nullable ByteProgram program;
  private final @Nullable NeedleChain chain;

  /** Of what must occur; null if that is nothing, or too common to look for. */
  private final @Nullable NeedleFinder required;

  /**
   * A match cannot begin before the first required needle, so that the automaton may begin there.
   */
  private final boolean beginsAtRequired;

  private final AtomicReferenceArray<LazyDfa> idle = new AtomicReferenceArray<>(SLOTS);

  /** Where a match must lie. */
  public enum Anchor {
    /** Anywhere in the text; {@code .} does not match a newline. */
    NONE,
    /** The whole text; {@code .} matches a newline too (matchers and label filters). */
    WHOLE
  }

  /** Which stretches {@link #narrow} leaves. */
  public enum Keep {
    MATCHES,
    OTHERS
  }

  private RegexFilter(Pattern pattern, Anchor anchor, Optional<RegexNode> node) {
    this.pattern = pattern;
    this.anchor = anchor;
    this.program = node.flatMap(ByteProgram::of).orElse(null);
    Optional<RegexNode> read = program == null ? Optional.empty() : node;
    this.chain = read.flatMap(n -> NeedleChain.of(n, anchor)).orElse(null);
    Optional<RequiredNeedles> needles = read.flatMap(RequiredNeedles::of);
    this.required =
        chain != null
            ? chain.first()
            : needles.map(found -> new NeedleFinder(found.needles())).orElse(null);
    this.beginsAtRequired =
        anchor == Anchor.NONE
            && (chain != null || needles.map(RequiredNeedles::leading).orElse(false));
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

  /** Whether bytes {@code [start, end)}, read as UTF-8, match. */
  public boolean matches(byte[] bytes, int start, int end) {
    if (program == null) {
      return matchesPlainly(bytes, start, end);
    }
    int hit = start;
    if (required != null) {
      hit = required.find(bytes, start, end);
      if (hit < 0 || (chain != null && chain.isSingle())) {
        return hit >= 0;
      }
    }
    return matchesFrom(bytes, start, hit, end);
  }

  public boolean matches(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return matches(bytes, 0, bytes.length);
  }

  /** As {@link #matches}, where the first required needle stands at {@code hit}. */
  private boolean matchesFrom(byte[] bytes, int start, int hit, int end) {
    if (chain != null) {
      NeedleChain.Answer answer = chain.from(bytes, hit, end);
      if (answer != NeedleChain.Answer.UNSURE) {
        return answer == NeedleChain.Answer.YES;
      }
    }
    if (program == null) {
      return matchesPlainly(bytes, start, end);
    }
    int slot = (int) (Thread.currentThread().threadId() % SLOTS);
    LazyDfa known = idle.getAndSet(slot, null);
    LazyDfa dfa = known != null ? known : new LazyDfa(program, anchor);
    LazyDfa.Verdict verdict = dfa.run(bytes, start, beginsAtRequired ? hit : start, end);
    idle.set(slot, dfa);
    return switch (verdict) {
      case MATCHES -> true;
      case MATCHES_NOT -> false;
      case BROKEN -> matchesPlainly(bytes, start, end);
    };
  }

  /**
   * Narrows {@code rows[from .. to)}, ascending, to those whose stretch matches, or to the others;
   * row {@code r} is {@code bytes[bounds[r] .. bounds[r + 1])}. Where most rows are asked about,
   * what must occur in a match is looked for in all stretches at once, end to end.
   *
   * @return end of the rows that stay; they are {@code rows[from .. result)}
   */
  public int narrow(byte[] bytes, int[] bounds, int[] rows, int from, int to, Keep keep) {
    if (from == to) {
      return from;
    }
    long span = (long) rows[to - 1] - rows[from] + 1;
    if (required != null && required.isSelective() && span <= (long) DENSE_ROWS * (to - from)) {
      return narrowByHits(required, bytes, bounds, rows, from, to, keep);
    }
    int kept = from;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      if (matches(bytes, bounds[row], bounds[row + 1]) == (keep == Keep.MATCHES)) {
        rows[kept++] = row;
      }
    }
    return kept;
  }

  private int narrowByHits(
      NeedleFinder finder, byte[] bytes, int[] bounds, int[] rows, int from, int to, Keep keep) {
    int[] hits = new int[HITS];
    boolean isDecided = chain != null && chain.isSingle();
    int end = bounds[rows[to - 1] + 1];
    int at = bounds[rows[from]];
    int kept = from;
    int i = from; // rows before i are decided
    int hitCount = HITS;
    while (i < to && hitCount == HITS) {
      hitCount = finder.collect(bytes, at, end, hits);
      for (int h = 0; h < hitCount; h++) {
        int hit = hits[h];
        int holder = holder(bounds, rows, i, to, hit);
        if (keep == Keep.OTHERS) {
          kept = copy(rows, i, holder, kept);
        }
        i = holder;
        if (i == to) {
          return kept;
        }
        int start = bounds[rows[i]];
        int lineEnd = bounds[rows[i] + 1];
        boolean runsOver = hit + finder.longest() > lineEnd && !finder.isAt(bytes, hit, lineEnd);
        if (hit < start || runsOver) {
          continue; // in a row that is not asked about, or decided already; or in two rows
        }
        boolean matches = isDecided || matchesFrom(bytes, start, hit, lineEnd);
        if (matches == (keep == Keep.MATCHES)) {
          rows[kept++] = rows[i];
        }
        i++;
      }
      at = hitCount == 0 ? end : hits[hitCount - 1] + 1;
    }
    return keep == Keep.OTHERS ? copy(rows, i, to, kept) : kept;
  }

  private static int copy(int[] rows, int from, int to, int kept) {
    System.arraycopy(rows, from, rows, kept, to - from);
    return kept + to - from;
  }

  /**
   * The first of {@code rows[from .. to)} that ends behind {@code position}; {@code to} if none
   * does.
   */
  private static int holder(int[] bounds, int[] rows, int from, int to, int position) {
    int low = from;
    int step = 1;
    while (low + step <= to && bounds[rows[low + step - 1] + 1] <= position) {
      low += step;
      step *= 2;
    }
    int high = Math.min(low + step - 1, to);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[rows[middle] + 1] <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the expression has an automaton of its own. */
  boolean isFast() {
    return program != null;
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
