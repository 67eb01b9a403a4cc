package dev.skald.ingest;

import dev.skald.bytes.ByteWriter;
import dev.skald.bytes.SeededHash;
import dev.skald.model.Label;
import dev.skald.protocol.push.LabelText;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streams by the labels as they were sent, so that a stream that comes again costs one lookup by
 * the bytes of its labels. Two generations: when the young one is full it becomes the old one, and
 * the old one is forgotten. Safe for concurrent use.
 */
final class StreamLabelsCache {
  /** Of the texts that one generation knows; what is kept for them is some five times as large. */
  private static final long GENERATION_BYTES_MAX = 8 << 20;

  /** Longer texts are parsed each time, and those of streams that are refused. */
  private static final int TEXT_BYTES_MAX = 8 << 10;

  private final StreamResolver resolver;
  private final long seed;
  private volatile Generation young = new Generation();
  private volatile Generation old = new Generation();

  /** What a text comes to. All fields are final: whoever sees it at all sees all of it. */
  private static final class Known extends ResolvedStream {
    private final int hash;
    private final byte[] text;

    Known(int hash, byte[] text, ResolvedStream stream) {
      super(stream);
      this.hash = hash;
      this.text = text;
    }

    boolean isOf(int otherHash, byte[] bytes, int start, int end) {
      return hash == otherHash && Arrays.equals(text, 0, text.length, bytes, start, end);
    }
  }

  /** An open-addressing table; read without a lock, changed under its own. */
  private static final class Generation {
    private volatile @Nullable Known[] slots = new Known[64];
    private int count; // guarded by this
    private long bytes; // guarded by this

    /** May miss what another thread is just adding. */
    @Nullable Known find(int hash, byte[] text, int start, int end) {
      @Nullable Known[] now = slots;
      int mask = now.length - 1;
      int slot = hash & mask;
      Known known = now[slot];
      while (known != null && !known.isOf(hash, text, start, end)) {
        slot = (slot + 1) & mask;
        known = now[slot];
      }
      return known;
    }

    /** The one that is there already, or this one. */
    synchronized Known add(Known added) {
      Known before = find(added.hash, added.text, 0, added.text.length);
      if (before != null) {
        return before;
      }
      if (2 * (count + 1) > slots.length) {
        @Nullable Known[] grown = new Known[slots.length * 2];
        for (Known known : slots) {
          if (known != null) {
            put(grown, known);
          }
        }
        slots = grown;
      }
      put(slots, added);
      count++;
      bytes += added.text.length;
      return added;
    }

    private static void put(@Nullable Known[] into, Known known) {
      int mask = into.length - 1;
      int slot = known.hash & mask;
      while (into[slot] != null) {
        slot = (slot + 1) & mask;
      }
      into[slot] = known;
    }

    synchronized boolean isFull() {
      return bytes > GENERATION_BYTES_MAX;
    }
  }

  /** {@code seed} is not known to who pushes. */
  StreamLabelsCache(StreamResolver resolver, long seed) {
    this.resolver = resolver;
    this.seed = seed;
  }

  /**
   * The stream of the label text {@code bytes[start .. end)}.
   *
   * @throws dev.skald.error.SkaldException BAD_REQUEST if it is not that of labels
   */
  ResolvedStream of(byte[] bytes, int start, int end) {
    int hash = hash(bytes, start, end);
    Known known = find(hash, bytes, start, end);
    return known != null
        ? known
        : remember(hash, bytes, start, end, resolver.resolve(LabelText.parse(bytes, start, end)));
  }

  /**
   * @throws dev.skald.error.SkaldException BAD_REQUEST if a name is malformed
   */
  ResolvedStream of(List<Label> labels) {
    byte[] key = key(labels);
    int hash = hash(key, 0, key.length);
    Known known = find(hash, key, 0, key.length);
    return known != null ? known : remember(hash, key, 0, key.length, resolver.resolve(labels));
  }

  private int hash(byte[] bytes, int start, int end) {
    long hash = SeededHash.of(bytes, start, end, seed);
    return (int) (hash ^ (hash >>> 32));
  }

  /** Never equal to label text, which cannot begin with a NUL; lengths make it one to one. */
  private static byte[] key(List<Label> labels) {
    ByteWriter key = new ByteWriter(256);
    key.putByte(0);
    for (Label label : labels) {
      key.putText(label.name());
      key.putText(label.value());
    }
    return key.toByteArray();
  }

  private @Nullable Known find(int hash, byte[] bytes, int start, int end) {
    Known known = young.find(hash, bytes, start, end);
    if (known == null) {
      known = old.find(hash, bytes, start, end);
      if (known != null) {
        add(known);
      }
    }
    return known;
  }

  private ResolvedStream remember(
      int hash, byte[] bytes, int start, int end, ResolvedStream stream) {
    if (end - start > TEXT_BYTES_MAX || stream.refusal() != null) {
      return stream;
    }
    return add(new Known(hash, Arrays.copyOfRange(bytes, start, end), stream));
  }

  private Known add(Known known) {
    Generation current = young;
    Known kept = current.add(known);
    if (current.isFull()) {
      turn(current);
    }
    return kept;
  }

  private synchronized void turn(Generation full) {
    if (young == full) {
      old = full;
      young = new Generation();
    }
  }
}
