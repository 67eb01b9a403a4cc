package dev.skald.logql.engine;

import dev.skald.logql.pipeline.LabelDemand;
import dev.skald.model.Page;
import dev.skald.model.StreamSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which streams of a page have the same values of the labels that anyone looks at. Values are asked
 * of the space of the page's streams, where they are numbers. One thread; arrays are reused.
 */
final class AlikeStreams {
  /** With more names than this each stream is its own. */
  private static final int NAMES_MAX = 8;

  private final List<String> names;
  private final boolean isLegal;
  private @Nullable StreamSpace space;
  private int numbersEnd;
  private final List<StreamSpace.Values> values = new ArrayList<>();
  private int[] firstLike = new int[16];

  /** Per combination of values, one more than the first stream that has it. */
  private int[] firstOf = new int[16];

  AlikeStreams(LabelDemand demand) {
    names = List.copyOf(demand.names());
    isLegal = !demand.isAll() && names.size() <= NAMES_MAX;
  }

  /**
   * Per stream of the page, the first one that is like it; null if that is not worth looking for.
   * Borrowed, until the next call.
   */
  int @Nullable [] firstLike(Page page) {
    int count = page.streamCount();
    if (!isLegal || count < 2) {
      return null;
    }
    if (firstLike.length < count) {
      firstLike = new int[count * 2];
    }
    if (names.isEmpty()) {
      Arrays.fill(firstLike, 0, count, 0);
      return firstLike;
    }
    turnTo(page);
    int combinations = firstColumn(page, count);
    for (int column = 1; column < names.size(); column++) {
      combinations = nextColumn(page, count, values.get(column));
    }
    if (firstOf.length < combinations) {
      firstOf = new int[combinations * 2];
    }
    Arrays.fill(firstOf, 0, combinations, 0);
    for (int stream = 0; stream < count; stream++) {
      int combination = firstLike[stream];
      if (firstOf[combination] == 0) {
        firstOf[combination] = stream + 1;
      }
      firstLike[stream] = firstOf[combination] - 1;
    }
    return firstLike;
  }

  private void turnTo(Page page) {
    StreamSpace now = page.streamSpace();
    if (!now.equals(space) || page.streamNumbersEnd() > numbersEnd) {
      space = now;
      numbersEnd = page.streamNumbersEnd();
      values.clear();
      for (String name : names) {
        values.add(now.values(name, numbersEnd));
      }
    }
  }

  private int firstColumn(Page page, int count) {
    StreamSpace.Values column = values.getFirst();
    for (int stream = 0; stream < count; stream++) {
      firstLike[stream] = column.of(page.streamNumber(stream)) + 1;
    }
    return column.count() + 1;
  }

  /** Combinations are numbered anew, so that there are never more than streams. */
  private int nextColumn(Page page, int count, StreamSpace.Values column) {
    Map<Long, Integer> combinations = new HashMap<>();
    for (int stream = 0; stream < count; stream++) {
      long value = column.of(page.streamNumber(stream)) + 1L;
      long both = (long) firstLike[stream] << 32 | value;
      Integer known = combinations.putIfAbsent(both, combinations.size());
      firstLike[stream] = known == null ? combinations.size() - 1 : known;
    }
    return combinations.size();
  }
}
