package dev.skald.query.plain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an expression is at one time: labelled numbers in some order, or a number alone. */
sealed interface PlainVector {
  record Elements(List<Element> list) implements PlainVector {}

  record Constant(double value) implements PlainVector {}

  /** A number and its labels, sorted by name. */
  record Element(Map<String, String> labels, double value) {
    Element with(double other) {
      return new Element(labels, other);
    }
  }

  /** @throws IllegalArgumentException for a number: the parser lets none stand here */
  default List<Element> elements() {
    return switch (this) {
      case Elements(List<Element> list) -> list;
      case Constant(double value) -> throw new IllegalArgumentException("a number: " + value);
    };
  }

  /** Labels without some; a copy. */
  static Map<String, String> without(Map<String, String> labels, List<String> names) {
    Map<String, String> left = new TreeMap<>(labels);
    left.keySet().removeAll(names);
    return left;
  }

  /** Those of the labels that are there and not empty; a copy. */
  static Map<String, String> only(Map<String, String> labels, List<String> names) {
    Map<String, String> left = new TreeMap<>(labels);
    left.keySet().retainAll(names);
    left.values().removeIf(String::isEmpty);
    return left;
  }
}
