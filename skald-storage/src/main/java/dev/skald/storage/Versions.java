package dev.skald.storage;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.storage.head.Generation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The current version, and those that somebody still reads. A segment or a generation is given up
 * when the last version that has it is neither current nor read. Safe for concurrent use.
 */
final class Versions {
  // All guarded by this.
  private final Map<Object, Integer> uses = new HashMap<>();
  private Holder current;
  private boolean closed;

  /** A version and how many hold it. */
  private static final class Holder {
    final StoreVersion version;
    int pins = 1; // being current is one

    Holder(StoreVersion version) {
      this.version = version;
    }
  }

  Versions(StoreVersion first) {
    this.current = hold(first);
  }

  private Holder hold(StoreVersion version) {
    version.segments().forEach(segment -> uses.merge(segment, 1, Integer::sum));
    version.generations().forEach(generation -> uses.merge(generation, 1, Integer::sum));
    return new Holder(version);
  }

  /** A version that stays whole until this is closed. */
  final class Pin implements AutoCloseable {
    private final Holder holder;
    private boolean released; // guarded by Versions.this

    private Pin(Holder holder) {
      this.holder = holder;
    }

    StoreVersion version() {
      return holder.version;
    }

    /** Closing twice is harmless. */
    @Override
    public void close() {
      synchronized (Versions.this) {
        if (released) {
          return;
        }
        released = true;
      }
      release(holder);
    }
  }

  /**
   * @throws SkaldException UNAVAILABLE after {@link #close}
   */
  synchronized Pin pin() {
    if (closed) {
      throw SkaldException.of(ErrorKind.UNAVAILABLE, "the store is closed");
    }
    current.pins++;
    return new Pin(current);
  }

  /** The current version, to look at its facts; its segments and pages must not be read. */
  synchronized StoreVersion current() {
    return current.version;
  }

  /** Makes a new version current. */
  void replace(UnaryOperator<StoreVersion> change) {
    Holder before;
    synchronized (this) {
      before = current;
      current = hold(change.apply(before.version));
    }
    release(before);
  }

  /**
   * Gives up the current version; what is pinned stays until it is closed. Closing twice is
   * harmless.
   */
  void close() {
    Holder last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = current;
    }
    release(last);
  }

  private void release(Holder holder) {
    List<Object> unused = new ArrayList<>();
    synchronized (this) {
      holder.pins--;
      if (holder.pins > 0) {
        return;
      }
      holder.version.segments().forEach(segment -> drop(segment, unused));
      holder.version.generations().forEach(generation -> drop(generation, unused));
    }
    for (Object each : unused) { // outside the lock: closing a segment may take time
      if (each instanceof OpenSegment segment) {
        segment.close();
      } else if (each instanceof Generation generation) {
        generation.recycle();
      }
    }
  }

  private void drop(Object each, List<Object> unused) {
    Integer left = uses.merge(each, -1, Integer::sum);
    if (left != null && left == 0) {
      uses.remove(each);
      unused.add(each);
    }
  }
}
