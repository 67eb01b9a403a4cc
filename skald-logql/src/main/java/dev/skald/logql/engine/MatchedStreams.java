package dev.skald.logql.engine;

import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.StreamSpace;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which streams a query met, by the spaces of its pages: labels are not made for each page. One
 * thread.
 */
final class MatchedStreams {
  /** Up to this many, streams of different spaces are compared. */
  private static final int COMPARED_MAX = 10_000;

  private final Map<StreamSpace, BitSet> bySpace = new HashMap<>();
  private @Nullable StreamSpace lastSpace;
  private BitSet lastStreams = new BitSet();

  /** Turns to a page, to whose streams {@link #add} adds. */
  void page(Page page) {
    StreamSpace space = page.streamSpace();
    if (!space.equals(lastSpace)) {
      lastSpace = space;
      lastStreams = bySpace.computeIfAbsent(space, s -> new BitSet());
    }
  }

  /** A stream of the page turned to last. */
  void add(int number) {
    lastStreams.set(number);
  }

  void addAll(MatchedStreams others) {
    others.bySpace.forEach(
        (space, streams) -> bySpace.computeIfAbsent(space, s -> new BitSet()).or(streams));
  }

  /**
   * How many there are, each once. Where there are more than 10,000 in more than one space, those of
   * the largest: at least so many.
   */
  long count() {
    long sum = 0;
    long largest = 0;
    for (BitSet streams : bySpace.values()) {
      sum += streams.cardinality();
      largest = Math.max(largest, streams.cardinality());
    }
    return sum == largest || sum > COMPARED_MAX ? largest : compared();
  }

  private long compared() {
    Set<Labels> distinct = new HashSet<>();
    bySpace.forEach(
        (space, streams) -> streams.stream().forEach(n -> distinct.add(space.stream(n))));
    return distinct.size();
  }
}
