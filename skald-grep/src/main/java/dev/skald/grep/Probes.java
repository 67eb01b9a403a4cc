package dev.skald.grep;

/**
 * Which places of a needle a search compares first. Two of the rarest, and behind a literal also
 * the rarest class: literals in logs are words that recur, so that their bytes tell little about
 * each other; what stands behind them differs.
 */
final class Probes {
  /** Two places that let more through are helped by a third. */
  private static final double PAIR_SHARE_MAX = 0.0005;

  /** A class that lets more through is not worth a comparison. */
  private static final double CLASS_SHARE_MAX = 0.3;

  private final Needle needle;
  private final int first;
  private final int second;
  private final int third;

  Probes(Needle needle) {
    this.needle = needle;
    first = rarest(-1, -1);
    int other = rarest(first, -1);
    second = other < 0 ? first : other;
    int more = rarestClass();
    if (more < 0 && share() > PAIR_SHARE_MAX) {
      more = rarest(first, second);
    }
    third = more < 0 ? second : more;
  }

  /** Two different places of the same byte tell less, so that the same byte comes last. */
  private int rarest(int except, int alsoExcept) {
    int best = -1;
    double bestShare = 0;
    for (int i = 0; i < needle.length(); i++) {
      if (i == except || i == alsoExcept) {
        continue;
      }
      double share = needle.place(i).maskedShare();
      if (except >= 0 && isSame(i, except)) {
        share = 1;
      }
      if (best < 0 || share < bestShare) {
        best = i;
        bestShare = share;
      }
    }
    return best;
  }

  private boolean isSame(int one, int two) {
    ByteClass a = needle.place(one);
    ByteClass b = needle.place(two);
    return a.mask() == b.mask() && a.value() == b.value();
  }

  private int rarestClass() {
    int best = -1;
    for (int i = 0; i < needle.length(); i++) {
      boolean isChoice = needle.place(i).mask() != -1 && needle.place(i).mask() != ~0x20;
      double share = needle.place(i).maskedShare();
      if (isChoice
          && i != first
          && i != second
          && share < CLASS_SHARE_MAX
          && (best < 0 || share < needle.place(best).maskedShare())) {
        best = i;
      }
    }
    return best;
  }

  int first() {
    return first;
  }

  int second() {
    return second;
  }

  /** May be {@link #second} again. */
  int third() {
    return third;
  }

  /** The part of all places that the first two let through, roughly. */
  double share() {
    double one = needle.place(first).maskedShare();
    return first == second ? one : one * needle.place(second).maskedShare();
  }
}
