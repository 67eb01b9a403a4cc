package dev.skald.storage.compact;

import dev.skald.model.Labels;
import dev.skald.random.Randomness;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds equal rows among rows of one stream and time, and keeps account of those left out. Rows
 * count as equal if 128 bits of seeded hash are; that each copy has a twin that stays is checked
 * again by {@link Conservation}, with another seed.
 */
final class SameEntries {
  private final RowHash first;
  private final RowHash second;
  private final Conservation conservation;
  private final Set<Content> seen = new HashSet<>();
  private long dropped;

  private record Content(long first, long second) {}

  SameEntries(Randomness randomness, Conservation conservation) {
    this.first = new RowHash(randomness.nextLong());
    this.second = new RowHash(randomness.nextLong());
    this.conservation = conservation;
  }

  /** Another stream or time. */
  void begin() {
    seen.clear();
  }

  /** Whether the row at which the cursor stands is the first of its content. */
  boolean isNew(MergeCursor at) {
    boolean isNew = seen.add(new Content(hash(first, at), hash(second, at)));
    if (!isNew) {
      dropped++;
      conservation.copyDropped(
          at.stream(), at.time(), at.lineBytes(), at.lineStart(), at.lineEnd(), at.metadata());
    }
    return isNew;
  }

  private static long hash(RowHash hash, MergeCursor at) {
    Labels metadata = at.metadata();
    return hash.of(
        0,
        0,
        at.lineBytes(),
        at.lineStart(),
        at.lineEnd(),
        metadata.isEmpty() ? 0 : hash.of(metadata));
  }

  long dropped() {
    return dropped;
  }
}
