package dev.skald.model;

/** A name and a value. Order: by name, then by value, as UTF-16 code units. */
public record Label(String name, String value) implements Comparable<Label> {
  @Override
  public int compareTo(Label other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : value.compareTo(other.value);
  }
}
