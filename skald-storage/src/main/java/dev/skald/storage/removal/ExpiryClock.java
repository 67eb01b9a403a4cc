package dev.skald.storage.removal;

import dev.skald.clock.EpochClock;
import dev.skald.clock.Ticker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The time by which rows are old enough to be removed from the disk. Clocks jump, and what is
 * deleted does not come back, so three things must agree on it:
 *
 * <ol>
 *   <li>the wall clock has said so at every look during the whole delay, measured by the machine's
 *       running time, which does not jump: a wrong clock that is put right within the delay deletes
 *       nothing;
 *   <li>the data: the newest entry stored is that late; or
 *   <li>in place of the data, running time: so much has passed since an entry of that time was the
 *       newest, while the store ran.
 * </ol>
 *
 * So a clock that jumps forward deletes nothing as long as entries come with the right time, however
 * long it stays wrong; and a store that gets no entries still expires what it has, by running time.
 * After an hour switched off without new entries, expiry is an hour late. For one thread.
 */
public final class ExpiryClock {
  /** Looks kept; older ones are merged with their neighbours. */
  private static final int LOOKS_PER_DELAY = 128;

  private final EpochClock clock;
  private final Ticker ticker;
  private final long delayNanos;
  private final long startNanos;

  /** How late it is by the data: then, and running time goes on from it; none yet: the least. */
  private long evidenceEpochNanos = Long.MIN_VALUE;

  private long evidenceAtNanos;

  /** Looks of the last delay, smallest wall time first: each is smaller than all after it. */
  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(long atNanos, long epochNanos) {}

  /**
   * @param delayNanos how long the clock must say so
   * @param newestEpochNanos newest entry of the store now; {@link Long#MIN_VALUE} if there is none
   */
  public ExpiryClock(EpochClock clock, Ticker ticker, long delayNanos, long newestEpochNanos) {
    this.clock = clock;
    this.ticker = ticker;
    this.delayNanos = delayNanos;
    this.startNanos = ticker.nowNanos();
    look();
    evidence(newestEpochNanos);
  }

  /** To be called often, at least several times during the delay. */
  public void look() {
    long at = ticker.nowNanos();
    long epochNanos = clock.nowEpochNanos();
    while (!looks.isEmpty() && looks.getLast().epochNanos() >= epochNanos) {
      looks.removeLast(); // the new look is the smallest for longer
    }
    Look last = looks.peekLast();
    if (last == null
        || looks.size() < LOOKS_PER_DELAY
        || at - last.atNanos() >= delayNanos / LOOKS_PER_DELAY) {
      looks.addLast(new Look(at, epochNanos));
    }
    while (isSecondOldEnough(at)) {
      looks.removeFirst(); // one look at the delay's begin or before it stays
    }
  }

  private boolean isSecondOldEnough(long at) {
    Iterator<Look> each = looks.iterator();
    each.next();
    return each.hasNext() && at - each.next().atNanos() >= delayNanos;
  }

  /**
   * The time by which rows may be removed; {@link Long#MIN_VALUE} while nobody can say.
   *
   * @param newestEpochNanos newest entry of the store now; {@link Long#MIN_VALUE} if there is none
   */
  public long nowEpochNanos(long newestEpochNanos) {
    look();
    long evidence = evidence(newestEpochNanos);
    long running = ticker.nowNanos() - startNanos;
    if (running < delayNanos) {
      return Long.MIN_VALUE;
    }
    long byWall = looks.isEmpty() ? Long.MIN_VALUE : looks.getFirst().epochNanos();
    return Math.min(byWall, evidence);
  }

  private long evidence(long newestEpochNanos) {
    long at = ticker.nowNanos();
    if (evidenceEpochNanos != Long.MIN_VALUE) {
      evidenceEpochNanos = saturated(evidenceEpochNanos, at - evidenceAtNanos);
    }
    evidenceAtNanos = at;
    evidenceEpochNanos = Math.max(evidenceEpochNanos, newestEpochNanos);
    return evidenceEpochNanos;
  }

  private static long saturated(long epochNanos, long moreNanos) {
    return epochNanos > Long.MAX_VALUE - moreNanos ? Long.MAX_VALUE : epochNanos + moreNanos;
  }
}
