package dev.skald.logql.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code json} and {@code logfmt} would make of one line, whole and with the keys as they were written: for looking
 * at a few lines (spec http-api.md 3.13), not for queries.
 */
public final class LineFields {
  private LineFields() {}

  /**
   * A key and its value.
   *
   * @param name the label that the parser gives it
   * @param path of a JSON member, the keys from the outermost in; empty for logfmt
   */
  public record Field(String name, String value, List<String> path) {
    public Field {
      path = List.copyOf(path);
    }
  }

  /** The members of a JSON object that are no arrays, of a name the first; empty if the line is none. */
  public static List<Field> json(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Map<String, Field> fields = new LinkedHashMap<>();
    return addMembers(bytes, 0, bytes.length, "", List.of(), fields)
        ? List.copyOf(fields.values())
        : List.of();
  }

  private static boolean addMembers(
      byte[] bytes,
      int start,
      int end,
      String parent,
      List<String> path,
      Map<String, Field> fields) {
    if (path.size() >= JsonFaultyLine.DEPTH_MAX) { // deeper than the parser looks
      return true;
    }
    JsonMembers members = new JsonMembers();
    members.begin(bytes, start, end);
    while (members.nextKey()) {
      byte[] key = unescaped(bytes, members.keyStart, members.keyEnd);
      if (!members.readValue()) {
        return false;
      }
      JsonValue value = members.value;
      String name = LabelNames.sanitize(parent, key, 0, key.length);
      List<String> inner = new ArrayList<>(path);
      inner.add(new String(key, StandardCharsets.UTF_8));
      switch (value.kind) {
        case OBJECT -> {
          if (!addMembers(bytes, value.start, value.end, name, inner, fields)) {
            return false;
          }
        }
        case STRING -> add(fields, name, text(unescaped(bytes, value.start, value.end)), inner);
        case NUMBER, BOOLEAN -> {
          String raw =
              new String(bytes, value.start, value.end - value.start, StandardCharsets.UTF_8);
          add(fields, name, raw, inner);
        }
        case NULL, ARRAY -> {}
      }
    }
    return members.fault() == null;
  }

  private static void add(Map<String, Field> fields, String name, String value, List<String> path) {
    if (!name.isEmpty()) {
      fields.putIfAbsent(name, new Field(name, value, path));
    }
  }

  /** Empty if an escape is broken. */
  private static byte[] unescaped(byte[] bytes, int start, int end) {
    byte[] out = new byte[end - start];
    int length = JsonText.unescape(bytes, start, end, out, 0);
    return java.util.Arrays.copyOf(out, Math.max(0, length));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The pairs of a logfmt line that have a value, faulty ones left out, of a name the first. */
  public static List<Field> logfmt(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Map<String, Field> fields = new LinkedHashMap<>();
    LogfmtPairs pairs = new LogfmtPairs();
    pairs.begin(bytes, 0, bytes.length);
    while (true) {
      switch (pairs.next()) {
        case END -> {
          return List.copyOf(fields.values());
        }
        case FAULT -> pairs.skipFaulty();
        case PAIR -> {
          byte[] value = new byte[pairs.valueEnd - pairs.valueStart];
          int length = value.length;
          if (pairs.hasEscapes) {
            length = pairs.unescape(value, 0);
          } else {
            System.arraycopy(bytes, pairs.valueStart, value, 0, length);
          }
          if (length > 0) {
            String name = LabelNames.sanitize(bytes, pairs.keyStart, pairs.keyEnd);
            add(fields, name, new String(value, 0, length, StandardCharsets.UTF_8), List.of());
          }
        }
      }
    }
  }
}
