package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.KeyTree.Node;
import org.jspecify.annotations.Nullable;

/**
 * {@code json} on any line, faults included (spec logql.md 6.2): the definition of what
 * {@link JsonStep} must find. It looks for the end of every nested object before it reads it, so a
 * line's time grows with its depth; {@link JsonStep} reads in one pass and comes here for lines
 * that are not well-formed.
 */
final class JsonFaultyLine {
  /**
   * Objects in objects; beyond it a line has a fault. Bounds the time and the stack of one line.
   */
  static final int DEPTH_MAX = 512;

  static final String DEPTH_FAULT = "nested deeper than " + DEPTH_MAX + " objects";

  private final KeyTree keys;
  private final JsonLabels labels;
  private final @Nullable JsonMembers[] membersByDepth = new JsonMembers[DEPTH_MAX];

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
    JsonMembers members = members(depth);
    members.begin(bytes, start, end);
    while (members.nextKey()) {
      Node key = labels.key(parent, bytes, members.keyStart, members.keyEnd);
      if (key == null) {
        return JsonValue.ESCAPE_FAULT;
      }
      if (members.readValue()) {
        String fault = use(key, members.value, depth, bytes);
        if (fault != null || labels.isComplete()) {
          return fault;
        }
      }
    }
    return members.fault();
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

  private JsonMembers members(int depth) {
    JsonMembers members = membersByDepth[depth];
    if (members == null) {
      members = new JsonMembers();
      membersByDepth[depth] = members;
    }
    return members;
  }
}
