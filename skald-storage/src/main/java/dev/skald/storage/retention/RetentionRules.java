package dev.skald.storage.retention;

import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import java.util.Comparator;
import java.util.List;

/**
 * How long a tenant's rows are kept. Immutable.
 *
 * <p>A stream's period is that of the rule of the highest priority that matches it, the first one of
 * equals, else the tenant's.
 */
public final class RetentionRules {
  /** The period of what is kept for ever. */
  public static final long FOR_EVER_NANOS = Long.MAX_VALUE;

  public static final RetentionRules FOR_EVER = new RetentionRules(FOR_EVER_NANOS, List.of());

  private final long periodNanos;
  private final List<Tested> rules;
  private final long shortestNanos;
  private final long longestNanos;

  /**
   * Another period for some streams.
   *
   * @param matchers all must hold
   * @param priority the highest wins
   */
  public record StreamRule(List<Matcher> matchers, int priority, long periodNanos) {
    public StreamRule {
      matchers = List.copyOf(matchers);
      checkPeriod(periodNanos);
    }
  }

  private record Tested(StreamRule rule, List<MatcherTest> tests) {
    boolean matches(Labels labels) {
      for (MatcherTest test : tests) {
        if (!test.test(labels.get(test.matcher().name()))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @param periodNanos of streams that no rule matches
   */
  public RetentionRules(long periodNanos, List<StreamRule> rules) {
    checkPeriod(periodNanos);
    this.periodNanos = periodNanos;
    this.rules =
        rules.stream()
            .sorted(Comparator.comparingInt(StreamRule::priority).reversed()) // stable
            .map(rule -> new Tested(rule, rule.matchers().stream().map(MatcherTest::of).toList()))
            .toList();
    this.shortestNanos =
        rules.stream().mapToLong(StreamRule::periodNanos).reduce(periodNanos, Math::min);
    this.longestNanos =
        rules.stream().mapToLong(StreamRule::periodNanos).reduce(periodNanos, Math::max);
  }

  private static void checkPeriod(long nanos) {
    if (nanos <= 0) {
      throw new IllegalArgumentException("retention period of " + nanos + " ns");
    }
  }

  /** The period of a stream. */
  public long periodNanos(Labels stream) {
    for (Tested each : rules) {
      if (each.matches(stream)) {
        return each.rule().periodNanos();
      }
    }
    return periodNanos;
  }

  /** No stream is kept longer. */
  public long longestNanos() {
    return longestNanos;
  }

  /** No stream is kept shorter. */
  public long shortestNanos() {
    return shortestNanos;
  }

  public boolean isForEver() {
    return shortestNanos == FOR_EVER_NANOS;
  }

  /** Rows of a period before this time are past it; the beginning of time for ever. */
  public static long cutoff(long nowEpochNanos, long periodNanos) {
    long cutoff = nowEpochNanos - periodNanos;
    // Overflow: before the beginning of time.
    boolean overflows = ((nowEpochNanos ^ periodNanos) & (nowEpochNanos ^ cutoff)) < 0;
    return periodNanos == FOR_EVER_NANOS || overflows ? Long.MIN_VALUE : cutoff;
  }
}
