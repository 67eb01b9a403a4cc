package dev.skald.model;

/** Who owns the data. Checked at the door (spec: 150 bytes, letters, digits and {@code !-_.*'()}); never a path by itself. */
public record TenantId(String value) implements Comparable<TenantId> {
  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
