package dev.skald.storage.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Strings, numbered as they come, then sorted. For one thread. */
final class DistinctStrings {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> strings = new ArrayList<>();
  private String last = "";
  private int lastId = -1;
  private List<String> sorted = List.of();
  private int[] placeOfId = new int[0];

  /** The string's number. */
  @SuppressWarnings("ReferenceEquality") // the same object again, as neighbours mostly have
  int add(String string) {
    if (string == last && lastId >= 0) {
      return lastId;
    }
    int next = strings.size();
    Integer known = ids.putIfAbsent(string, next);
    if (known == null) {
      strings.add(string);
    }
    last = string;
    lastId = known == null ? next : known;
    return lastId;
  }

  int count() {
    return strings.size();
  }

  /** To be called once, after the last {@link #add}. */
  void sort() {
    String[] inOrder = strings.toArray(String[]::new);
    Arrays.sort(inOrder);
    placeOfId = new int[inOrder.length];
    for (int place = 0; place < inOrder.length; place++) {
      placeOfId[ids.getOrDefault(inOrder[place], 0)] = place;
    }
    sorted = List.of(inOrder);
  }

  /** All strings as {@link String#compareTo} sorts them. */
  List<String> sorted() {
    return sorted;
  }

  /** A string's place in that order, by its number. */
  int place(int id) {
    return placeOfId[id];
  }
}
