package dev.skald.protocol.otlp;

import dev.skald.protocol.otlp.OtlpRules.Action;
import dev.skald.protocol.otlp.OtlpRules.Rule;
import dev.skald.protocol.push.MetadataNames;
import dev.skald.protocol.push.MetadataPairs;
import dev.skald.protocol.wire.WireCursor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels and structured metadata, as attributes make them: those of the resource stay for all its
 * scopes, those of a scope for all its records. {@link #mark} and {@link #reset} bound each. Maps
 * are flattened, with {@code _} between the names.
 */
final class Attributes {
  private final byte[] bytes;
  private final WireCursor cursor;
  private final TextBuffer text;
  private final ValueText values;
  private final MetadataPairs pairs = new MetadataPairs();
  private final MetadataNames names = new MetadataNames();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final KeyValue attribute = new KeyValue();
  private final AnyValue value = new AnyValue();

  Attributes(byte[] bytes, WireCursor cursor, TextBuffer text) {
    this.bytes = bytes;
    this.cursor = cursor;
    this.text = text;
    this.values = new ValueText(bytes, cursor, text);
  }

  /** How much there is; what is added later goes at {@link #reset}. */
  long mark() {
    return (long) pairs.count() << 32 | text.length();
  }

  void reset(long mark) {
    pairs.truncate((int) (mark >>> 32));
    text.truncate((int) mark);
  }

  /** Forgets everything. */
  void clear() {
    reset(0);
    labels.clear();
  }

  /** By normalised name. */
  Map<String, String> labels() {
    return labels;
  }

  /** Valid until something is added. */
  MetadataPairs pairs() {
    pairs.moveTo(text.array());
    return pairs;
  }

  /** Reads the attribute whose message the cursor has entered. */
  void add(List<Rule> rules) {
    int end = cursor.end();
    attribute.read(cursor);
    Action action =
        rules.isEmpty()
            ? Action.STRUCTURED_METADATA
            : OtlpRules.action(
                rules,
                new String(
                    bytes,
                    attribute.keyStart(),
                    attribute.keyEnd() - attribute.keyStart(),
                    StandardCharsets.UTF_8));
    switch (action) {
      case STRUCTURED_METADATA -> flattenAttribute();
      case INDEX_LABEL -> {
        long mark = mark();
        flattenAttribute();
        toLabels(mark);
      }
      case DROP -> {}
    }
    cursor.at(end);
  }

  private void flattenAttribute() {
    int start = text.length();
    text.append(bytes, attribute.keyStart(), attribute.keyEnd());
    flatten(start, text.length(), attribute.valueStart(), attribute.valueEnd(), 1);
  }

  private void flatten(int nameStart, int nameEnd, int valueStart, int valueEnd, int depth) {
    AnyValue.checkDepth(depth);
    value.read(cursor, valueStart, valueEnd);
    if (value.kind() != AnyValue.MAP) {
      int from = text.length();
      values.append(value);
      pairs.add(nameStart, nameEnd, from, text.length());
      return;
    }
    int at = value.start();
    int end = value.end();
    while (at < end) {
      cursor.at(at);
      int outer = cursor.enter(end - at);
      int tag = cursor.tag();
      if (WireCursor.field(tag) == 1) {
        int inner = cursor.enter(cursor.length(tag));
        attribute.read(cursor);
        at = cursor.at();
        int start = text.length();
        text.appendOwn(nameStart, nameEnd).append('_');
        text.append(bytes, attribute.keyStart(), attribute.keyEnd());
        flatten(start, text.length(), attribute.valueStart(), attribute.valueEnd(), depth + 1);
        cursor.leave(inner);
      } else {
        cursor.skip(tag);
        at = cursor.at();
      }
      cursor.leave(outer);
    }
  }

  /** Makes labels of the pairs added since. */
  private void toLabels(long mark) {
    MetadataPairs all = pairs();
    for (int i = (int) (mark >>> 32); i < all.count(); i++) {
      labels.put(names.normalise(all.bytes(), all.nameStart(i), all.nameEnd(i)), all.value(i));
    }
    reset(mark);
  }

  /** Adds {@code name} with the bytes at {@code [start, end)} of the request. */
  void add(String name, int start, int end) {
    int nameStart = text.length();
    int nameEnd = text.append(name).length();
    pairs.add(nameStart, nameEnd, nameEnd, text.append(bytes, start, end).length());
  }

  void add(String name, String text1) {
    int nameStart = text.length();
    int nameEnd = text.append(name).length();
    pairs.add(nameStart, nameEnd, nameEnd, text.append(text1).length());
  }

  /** Adds {@code name} with the hex digits of the bytes at {@code [start, end)} of the request. */
  void addHex(String name, int start, int end) {
    int nameStart = text.length();
    int nameEnd = text.append(name).length();
    text.appendHex(bytes, start, end);
    pairs.add(nameStart, nameEnd, nameEnd, text.length());
  }
}
