package dev.skald.storage.shape;

import java.util.HashMap;
import java.util.Map;

/** Numbers given anew, from 0, in the order in which they are first asked for. */
final class DenseNumbers {
  private final Map<Integer, Integer> numbers = new HashMap<>();

  int of(int number) {
    Integer known = numbers.putIfAbsent(number, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }
}
