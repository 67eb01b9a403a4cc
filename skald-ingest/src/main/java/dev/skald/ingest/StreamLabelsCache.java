package dev.skald.ingest;

import dev.skald.model.Label;
import dev.skald.protocol.push.LabelText;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Streams by the labels as they were sent, so that a stream that comes again costs one lookup. Two
 * generations: when the young one is full it becomes the old one, and the old one is forgotten.
 * Safe for concurrent use.
 */
final class StreamLabelsCache {
  /**
   * Of the texts that one generation knows; labels and their texts are some four times as large.
   */
  private static final long GENERATION_CHARS_MAX = 8 << 20;

  /** Longer texts are parsed each time, and those of streams that are refused. */
  private static final int TEXT_CHARS_MAX = 8 << 10;

  private final StreamResolver resolver;
  private volatile Generation young = new Generation();
  private volatile Generation old = new Generation();

  private static final class Generation {
    private final ConcurrentHashMap<String, ResolvedStream> streams = new ConcurrentHashMap<>();
    private final AtomicLong chars = new AtomicLong();
  }

  StreamLabelsCache(StreamResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * @throws dev.skald.error.SkaldException BAD_REQUEST if the text is not that of labels
   */
  ResolvedStream of(String labelText) {
    ResolvedStream known = find(labelText);
    return known != null
        ? known
        : remember(labelText, resolver.resolve(LabelText.parse(labelText)));
  }

  /**
   * @throws dev.skald.error.SkaldException BAD_REQUEST if a name is malformed
   */
  ResolvedStream of(List<Label> labels) {
    String key = key(labels);
    ResolvedStream known = find(key);
    return known != null ? known : remember(key, resolver.resolve(labels));
  }

  /** Never equal to label text, which cannot begin with a NUL; lengths make it one to one. */
  private static String key(List<Label> labels) {
    StringBuilder key = new StringBuilder(64);
    for (Label label : labels) {
      key.append('\0').append(label.name().length()).append(':').append(label.name());
      key.append(label.value().length()).append(':').append(label.value());
    }
    return key.isEmpty() ? "\0" : key.toString();
  }

  private @Nullable ResolvedStream find(String key) {
    ResolvedStream known = young.streams.get(key);
    if (known == null) {
      known = old.streams.get(key);
      if (known != null) {
        remember(key, known);
      }
    }
    return known;
  }

  private ResolvedStream remember(String key, ResolvedStream stream) {
    if (key.length() <= TEXT_CHARS_MAX && stream.refusal() == null) {
      Generation current = young;
      ResolvedStream before = current.streams.putIfAbsent(key, stream);
      if (before != null) {
        return before;
      }
      if (current.chars.addAndGet(key.length()) > GENERATION_CHARS_MAX) {
        turn(current);
      }
    }
    return stream;
  }

  private synchronized void turn(Generation full) {
    if (young == full) {
      old = full;
      young = new Generation();
    }
  }
}
