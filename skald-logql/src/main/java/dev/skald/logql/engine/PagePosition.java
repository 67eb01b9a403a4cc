package dev.skald.logql.engine;

/**
 * Where a page of a log query ended. The next one begins behind it: of entries of one time, behind the one that is
 * named; if that one is gone meanwhile, behind so many.
 *
 * @param epochNanos time of the page's last entry; with an {@code interval}, of the first that may follow
 * @param count entries of that time that the pages so far hold
 * @param lastHash of the page's last entry; 0 if there is none to look for
 */
public record PagePosition(long epochNanos, int count, long lastHash) {
  public PagePosition {
    if (count < 0) {
      throw new IllegalArgumentException("a page position behind " + count + " entries");
    }
  }
}
