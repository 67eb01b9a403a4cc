package dev.skald.property;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * Checks a property on many random inputs. Each case has a seed of its own; when one fails, the
 * error names it, and {@code -Dskald.seed=} with that number runs the one case again.
 */
public final class ForAll {
  private static final String SEED_PROPERTY = "skald.seed";

  /** {@code -Dskald.explore=true}: other cases in every run. */
  private static final String EXPLORE_PROPERTY = "skald.explore";

  /** Builds run the same cases, so that one that turns red was turned by its change. */
  private static final long SEED_OF_BUILDS = 20_261_120L;

  private ForAll() {}

  /** One case: makes its input from {@code random} and throws if the property does not hold. */
  @FunctionalInterface
  public interface Case {
    void check(Random random) throws Exception;
  }

  /** Runs {@code count} cases, or the one of {@code -Dskald.seed}. */
  public static void forAll(int count, Case property) {
    Long given = Long.getLong(SEED_PROPERTY);
    if (given != null) {
      run(given, property);
      return;
    }
    SplittableRandom seeds = new SplittableRandom(seedOfRun());
    for (int i = 0; i < count; i++) {
      run(seeds.nextLong(), property);
    }
  }

  /** What all seeds of a test come from: always the same, or the time when exploring. */
  public static long seedOfRun() {
    return Boolean.getBoolean(EXPLORE_PROPERTY) ? System.nanoTime() : SEED_OF_BUILDS;
  }

  private static void run(long seed, Case property) {
    try {
      property.check(new Random(seed));
    } catch (Exception | AssertionError | StackOverflowError e) {
      throw new AssertionError(
          "property fails; rerun with -D" + SEED_PROPERTY + "=" + seed + ": " + e, e);
    }
  }
}
