package dev.skald.model;

import org.jspecify.annotations.Nullable;

/**
 * Makes one object of equal labels, and of equal names, as far as it remembers them: most labels of
 * a stream are those of many others. Remembers a fixed number; a label that comes takes the place of
 * another. Safe for concurrent use: who loses a race gets an object of its own, never a wrong one.
 */
public final class SharedLabels {
  private static final int LABELS = 1 << 12;
  private static final int NAMES = 1 << 8;

  // Read and written without a lock: what stands in them is immutable.
  private final @Nullable Label[] labels = new Label[LABELS];
  private final @Nullable String[] names = new String[NAMES];

  /** A label equal to {@code label}. */
  public Label of(Label label) {
    int slot = slot(label.hashCode(), LABELS);
    Label known = labels[slot];
    if (known != null && known.equals(label)) {
      return known;
    }
    String name = name(label.name());
    Label kept = new Label(name, label.value());
    labels[slot] = kept;
    return kept;
  }

  private String name(String name) {
    int slot = slot(name.hashCode(), NAMES);
    String known = names[slot];
    if (known != null && known.equals(name)) {
      return known;
    }
    names[slot] = name;
    return name;
  }

  private static int slot(int hash, int slots) {
    return (hash * 0x9e3779b9) >>> Integer.numberOfLeadingZeros(slots - 1); // Fibonacci hashing
  }
}
