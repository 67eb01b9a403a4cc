package dev.skald.storage.index;

import dev.skald.model.Ordinals;
import java.util.Arrays;
import java.util.List;

/** Strings, numbered as they come, then sorted. For one thread. */
final class DistinctStrings {
  private final Ordinals<String> ids = new Ordinals<>();
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
    last = string;
    lastId = ids.add(string);
    return lastId;
  }

  int count() {
    return ids.count();
  }

  /** To be called once, after the last {@link #add}. */
  void sort() {
    String[] inOrder = ids.keys().toArray(String[]::new);
    Arrays.sort(inOrder);
    placeOfId = new int[inOrder.length];
    for (int place = 0; place < inOrder.length; place++) {
      placeOfId[ids.add(inOrder[place])] = place;
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
