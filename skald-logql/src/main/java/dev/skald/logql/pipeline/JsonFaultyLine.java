package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.KeyTree.Node;
import org.jspecify.annotations.Nullable;

/**
 * {@code json} on any line, faults included (spec logql.md 6.2): the definition of what {@link JsonStep} must find. It
 * looks for the end of every nested object before it reads it, so a line's time grows with its depth; {@link JsonStep}
 * reads in one pass and comes here for lines that are not well-formed.
 */
final class JsonFaultyLine {
  /** Objects in objects; beyond it a line has a fault. Bounds the time and the stack of one line. */
  static final int DEPTH_MAX = 512;

  static final String DEPTH_FAULT = "nested deeper than " + DEPTH_MAX + " objects";

  private final KeyTree keys;
  private final JsonLabels labels;
  private final JsonValue[] values = new JsonValue[DEPTH_MAX];

  JsonFaultyLine(KeyTree keys, JsonLabels labels) {
    this.keys = keys;
    this.labels = labels;
  }

  /**
   * Adds the line's labels, up to its first fault.
   *
   * @return the fault, or null
   */
  @Nullable String read(byte[] bytes, int start, int end) {
    return readObject(keys.root(), 0, bytes, start, end);
  }

  /** Reads the members of the object that begins at or after {@code start}. */
  private @Nullable String readObject(Node parent, int depth, byte[] bytes, int start, int end) {
    if (depth == DEPTH_MAX) {
      return DEPTH_FAULT;
    }
    int p = JsonText.skipBlanks(bytes, start, end);
    if (p == end || bytes[p] != '{') {
      return JsonValue.OBJECT_FAULT;
    }
    p = JsonText.skipBlanks(bytes, p + 1, end);
    if (p == end) {
      return JsonValue.MALFORMED;
    }
    while (bytes[p] != '}') {
      if (bytes[p] != '"') {
        return JsonValue.OBJECT_FAULT;
      }
      int close = JsonText.stringEnd(bytes, p + 1, end);
      if (close < 0) {
        return JsonValue.MALFORMED;
      }
      Node key = labels.key(parent, bytes, p + 1, close);
      if (key == null) {
        return JsonValue.ESCAPE_FAULT;
      }
      p = JsonText.skipBlanks(bytes, close + 1, end);
      if (p == end || bytes[p] != ':') {
        return JsonValue.MALFORMED;
      }
      JsonValue value = value(depth);
      String fault = value.read(bytes, p + 1, end);
      if (fault == null) {
        fault = use(key, value, depth, bytes);
      }
      if (fault != null || labels.isComplete()) {
        return fault;
      }
      p = JsonText.skipBlanks(bytes, value.next, end);
      if (p == end) {
        return JsonValue.ARRAY_FAULT;
      }
      if (bytes[p] == ',') {
        p = JsonText.skipBlanks(bytes, p + 1, end);
        if (p == end) {
          return JsonValue.ARRAY_FAULT;
        }
      } else if (bytes[p] != '}') {
        return JsonValue.OBJECT_FAULT;
      }
    }
    return null;
  }

  private @Nullable String use(Node key, JsonValue value, int depth, byte[] bytes) {
    switch (value.kind) {
      case STRING -> labels.addString(key, bytes, value.start, value.end);
      case NUMBER, BOOLEAN -> labels.addRaw(key, bytes, value.start, value.end);
      case OBJECT -> {
        if (key.isNeededInside) {
          return readObject(key, depth + 1, bytes, value.start, value.end);
        }
      }
      case NULL, ARRAY -> {}
    }
    return null;
  }

  private JsonValue value(int depth) {
    JsonValue value = values[depth];
    if (value == null) {
      value = new JsonValue();
      values[depth] = value;
    }
    return value;
  }
}
