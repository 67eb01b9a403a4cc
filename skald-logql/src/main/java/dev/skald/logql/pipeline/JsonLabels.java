package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.KeyTree.Node;
import org.jspecify.annotations.Nullable;

/**
 * Makes labels of one row of the keys and values that a JSON reader finds; values are decoded here.
 */
final class JsonLabels {
  private final KeyTree keys;
  private final FirstWins labels;
  private final ParsedLabels parsed;
  private Node before;

  JsonLabels(KeyTree keys, FirstWins labels, ParsedLabels parsed) {
    this.keys = keys;
    this.labels = labels;
    this.parsed = parsed;
    before = keys.root();
  }

  void begin(int place) {
    labels.begin(place);
    before = keys.root();
  }

  boolean isComplete() {
    return labels.isComplete();
  }

  /**
   * The key {@code bytes[start .. end)}, as written between quotes; null if an escape of it is
   * broken.
   */
  @Nullable Node key(Node parent, byte[] bytes, int start, int end) {
    if (JsonText.quoteOrBackslash(bytes, start, end) == end) {
      return plainKey(parent, bytes, start, end);
    }
    parsed.reserve(end - start);
    byte[] scratch = parsed.scratch();
    int from = parsed.scratchLength();
    int to = JsonText.unescape(bytes, start, end, scratch, from);
    return to < 0 ? null : plainKey(parent, scratch, from, to);
  }

  /** As {@link #key}, for a key without escapes. */
  Node plainKey(Node parent, byte[] bytes, int start, int end) {
    Node key = keys.child(parent, before, bytes, start, end);
    before = key;
    return key;
  }

  /** Adds a number or word as written. */
  void addRaw(Node key, byte[] bytes, int start, int end) {
    int target = target(key);
    if (target >= 0) {
      labels.add(target, bytes, start, end);
    }
  }

  /**
   * Adds a string, as written between quotes: a broken escape makes it empty, a broken character
   * becomes a blank.
   */
  void addString(Node key, byte[] bytes, int start, int end) {
    int target = target(key);
    if (target < 0) {
      return;
    }
    boolean hasEscape = JsonText.quoteOrBackslash(bytes, start, end) < end;
    if (!hasEscape && JsonText.isAscii(bytes, start, end)) {
      labels.add(target, bytes, start, end);
      return;
    }
    ByteSlice decoded = decodeString(parsed, bytes, start, end);
    labels.add(target, decoded.bytes, decoded.start, decoded.end);
  }

  private int target(Node key) {
    return key.isNeeded ? labels.target(key.nameId) : -1;
  }

  /** What a string says, in bytes of its own or of the scratch; empty if an escape is broken. */
  static ByteSlice decodeString(ParsedLabels parsed, byte[] bytes, int start, int end) {
    ByteSlice decoded = new ByteSlice();
    if (JsonText.quoteOrBackslash(bytes, start, end) == end
        && !Utf8Text.hasReplacement(bytes, start, end)) {
      decoded.set(bytes, start, end);
      return decoded;
    }
    parsed.reserve(end - start);
    byte[] scratch = parsed.scratch();
    int from = parsed.scratchLength();
    int to = JsonText.unescape(bytes, start, end, scratch, from);
    if (to >= 0) {
      to = Utf8Text.blankReplacements(scratch, from, to, scratch, from);
      parsed.commit(to);
      decoded.set(scratch, from, to);
    }
    return decoded;
  }
}
