package dev.skald.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of labels. Names are unique; iteration order is name order. Immutable; equal if the labels
 * are. Not a record, so that it keeps its hash: streams are looked up for each line.
 */
public final class Labels implements Comparable<Labels> {
  public static final Labels EMPTY = new Labels(List.of());

  private final List<Label> sorted;

  /** 0 if not known yet; two threads may both work it out. */
  private int hash;

  /**
   * @throws IllegalArgumentException if names do not ascend strictly
   */
  public Labels(List<Label> sorted) {
    this.sorted = List.copyOf(sorted);
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).name().compareTo(sorted.get(i).name()) >= 0) {
        throw new IllegalArgumentException("labels not strictly sorted at " + i + ": " + sorted);
      }
    }
  }

  /** In the order of their names. */
  public List<Label> sorted() {
    return sorted;
  }

  /** Sorts; throws IllegalArgumentException if a name comes twice. */
  public static Labels of(Collection<Label> labels) {
    if (labels.isEmpty()) {
      return EMPTY;
    }
    List<Label> copy = new ArrayList<>(labels);
    copy.sort(Comparator.comparing(Label::name));
    return new Labels(copy);
  }

  public static Labels of(Map<String, String> labels) {
    return of(labels.entrySet().stream().map(e -> new Label(e.getKey(), e.getValue())).toList());
  }

  /** Names and values in turn. */
  public static Labels of(String... namesAndValues) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.add(new Label(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(labels);
  }

  public boolean isEmpty() {
    return sorted.isEmpty();
  }

  public int size() {
    return sorted.size();
  }

  /** The value, or the empty string if there is no such label: LogQL does not tell the two apart. */
  public String get(String name) {
    for (Label label : sorted) {
      if (label.name().equals(name)) {
        return label.value();
      }
    }
    return "";
  }

  public boolean has(String name) {
    for (Label label : sorted) {
      if (label.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** By name and value, label by label; a prefix comes first. */
  @Override
  public int compareTo(Labels other) {
    int common = Math.min(size(), other.size());
    for (int i = 0; i < common; i++) {
      Label mine = sorted.get(i);
      Label others = other.sorted.get(i);
      int c = isSame(mine, others) ? 0 : mine.compareTo(others);
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(size(), other.size());
  }

  /** Streams share most of their labels, often as objects. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Label a, Label b) {
    return a == b;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Labels labels
            && hashCode() == labels.hashCode()
            && sorted.equals(labels.sorted));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = sorted.hashCode();
      hash = known;
    }
    return known;
  }

  /** Canonical text: {@code {app="web", env="dev"}}, values quoted as Go's strconv.Quote does. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < sorted.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(sorted.get(i).name()).append('=');
      Quoted.append(text, sorted.get(i).value());
    }
    return text.append('}').toString();
  }
}
