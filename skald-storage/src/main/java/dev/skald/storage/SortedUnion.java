package dev.skald.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts ascending lists together: each value once, in order. For one thread. */
final class SortedUnion<T extends Comparable<T>> {
  private final List<List<T>> lists = new ArrayList<>();

  /** {@code ascending} strictly; it must not be changed afterwards. */
  void add(List<T> ascending) {
    if (!ascending.isEmpty()) {
      lists.add(ascending);
    }
  }

  /** The values of all lists, ascending strictly. Costs O(n log k) comparisons for k lists. */
  List<T> values() {
    if (lists.isEmpty()) {
      return List.of();
    }
    lists.sort(Comparator.comparingInt(List::size)); // small ones first: the large are copied less
    ArrayDeque<List<T>> left = new ArrayDeque<>(lists);
    while (left.size() > 1) {
      left.addLast(merged(left.removeFirst(), left.removeFirst()));
    }
    return left.getFirst();
  }

  private List<T> merged(List<T> a, List<T> b) {
    List<T> merged = new ArrayList<>(Math.max(a.size(), b.size()));
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = a.get(i).compareTo(b.get(j));
      merged.add(order <= 0 ? a.get(i) : b.get(j));
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    merged.addAll(a.subList(i, a.size()));
    merged.addAll(b.subList(j, b.size()));
    return merged;
  }
}
