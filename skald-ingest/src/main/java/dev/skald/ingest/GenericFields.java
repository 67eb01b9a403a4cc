package dev.skald.ingest;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.protocol.push.MetadataNames;
import dev.skald.protocol.push.MetadataPairs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Structured metadata that is taken from wherever an entry has it: {@code discover_generic_fields} (the page on Loki's
 * limits, section 1.4). Of each field's hints the first that leads anywhere counts; it is looked for in the stream's
 * labels, then in the metadata that was sent, then in the line. Immutable.
 */
final class GenericFields {
  private final List<Field> fields;

  /**
   * @param path the hint's parts between points, for JSON
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Hint(String text, byte[] key, byte[][] path) {
    static Hint of(String text) {
      byte[][] path =
          Arrays.stream(text.split("\\.", -1))
              .map(part -> part.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
      return new Hint(text, text.getBytes(StandardCharsets.UTF_8), path);
    }
  }

  private record Field(String name, List<Hint> hints) {}

  /** {@code hintsByName}: name in the metadata, and where to look. */
  GenericFields(Map<String, List<String>> hintsByName) {
    MetadataNames names = new MetadataNames();
    List<Field> made = new ArrayList<>();
    hintsByName.forEach(
        (name, hints) -> {
          byte[] raw = name.getBytes(StandardCharsets.UTF_8);
          made.add(
              new Field(
                  names.normalise(raw, 0, raw.length), hints.stream().map(Hint::of).toList()));
        });
    fields = List.copyOf(made);
  }

  /**
   * Tells of names that cannot be: better when limits are read than with every push.
   *
   * @throws dev.skald.error.SkaldException BAD_REQUEST if nothing of a name is left
   */
  static void check(Map<String, List<String>> hintsByName) {
    var _ = new GenericFields(hintsByName);
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Adds what is found to the pairs of an entry; what is there already stays. */
  void addTo(
      List<Label> pairs, Labels stream, MetadataPairs sent, byte[] line, int start, int end) {
    for (Field field : fields) {
      boolean isThere = pairs.stream().anyMatch(pair -> pair.name().equals(field.name));
      String value = isThere ? null : find(field, stream, sent, line, start, end);
      if (value != null && !value.isEmpty()) {
        pairs.add(new Label(field.name, value));
      }
    }
  }

  private static @Nullable String find(
      Field field, Labels stream, MetadataPairs sent, byte[] line, int start, int end) {
    for (Hint hint : field.hints) {
      if (stream.has(hint.text)) {
        return stream.get(hint.text);
      }
    }
    for (Hint hint : field.hints) {
      String value = inMetadata(sent, hint);
      if (value != null) {
        return value;
      }
    }
    boolean isJson = looksLikeJson(line, start, end);
    for (Hint hint : field.hints) {
      String value =
          isJson
              ? LineField.json(line, start, end, hint.path)
              : LineField.logfmt(line, start, end, hint.key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String inMetadata(MetadataPairs sent, Hint hint) {
    for (int i = 0; i < sent.count(); i++) {
      boolean isWanted =
          Arrays.equals(
              sent.bytes(), sent.nameStart(i), sent.nameEnd(i), hint.key, 0, hint.key.length);
      if (isWanted) {
        int valueStart = sent.valueStart(i);
        return new String(
            sent.bytes(), valueStart, sent.valueEnd(i) - valueStart, StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  private static boolean looksLikeJson(byte[] line, int start, int end) {
    int at = start;
    while (at < end && line[at] >= 0 && line[at] <= ' ') {
      at++;
    }
    return at < end && line[at] == '{';
  }
}
