package dev.skald.ingest;

import dev.skald.ingest.IngestLimits.Discovery;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.protocol.push.MetadataNames;
import dev.skald.protocol.push.MetadataPairs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the structured metadata of the entries of one push: names normalised, empty values left
 * out, the level added (the page on Loki's HTTP API, section 2.5, steps 6 and 7, and 2.6). Entries
 * without metadata of their own, most of them, cost no more than the search for their level. One
 * thread.
 */
final class MetadataSets {
  static final String DETECTED_LEVEL = "detected_level";
  private static final String SEVERITY_NUMBER = "severity_number";
  private static final GenericFields NO_FIELDS = new GenericFields(Map.of());

  private final EntryBatch batch;
  private final boolean withLevels;
  private final List<String> levelFields;
  private final LevelDetector detector;
  private final GenericFields generic;
  private final MetadataNames names = new MetadataNames();
  private final Map<Level, Integer> ordinalsOfLevels = new EnumMap<>(Level.class);
  private final Map<String, Integer> ordinalsOfWords = new HashMap<>();
  private final List<Label> pairs = new ArrayList<>();

  /** Of each pair that was kept, its place among those sent. */
  private int[] sources = new int[16];

  /** {@code withLevels} is whether levels are detected at all. */
  MetadataSets(
      EntryBatch batch, IngestLimits limits, LevelDetector detector, GenericFields generic) {
    Discovery discovery = limits.discovery();
    this.batch = batch;
    this.withLevels = discovery.levels() && limits.metadata().allowed();
    this.levelFields = discovery.levelFields();
    this.detector = detector;
    this.generic = limits.metadata().allowed() ? generic : NO_FIELDS;
  }

  /** The batch's ordinal of the metadata of an entry of that stream with this line. */
  int ordinal(MetadataPairs sent, ResolvedStream stream, byte[] line, int start, int end) {
    String streamLevel = stream.level();
    if (!sent.isEmpty() || !generic.isEmpty()) {
      return ordinalOfPairs(sent, stream, line, start, end);
    }
    if (!withLevels) {
      return 0;
    }
    if (streamLevel != null) {
      return ordinalOfWord(streamLevel);
    }
    Level level = detector.detect(line, start, end);
    Integer known = ordinalsOfLevels.get(level);
    if (known == null) {
      known = batch.metadataSet(Labels.of(DETECTED_LEVEL, level.text()));
      ordinalsOfLevels.put(level, known);
    }
    return known;
  }

  private int ordinalOfWord(String level) {
    Integer known = ordinalsOfWords.get(level);
    if (known == null) {
      known = batch.metadataSet(Labels.of(DETECTED_LEVEL, level));
      ordinalsOfWords.put(level, known);
    }
    return known;
  }

  private int ordinalOfPairs(
      MetadataPairs sent, ResolvedStream stream, byte[] line, int start, int end) {
    normalise(sent);
    if (withLevels) {
      String given = remove(DETECTED_LEVEL);
      String level = given != null ? Level.normalise(given) : stream.level();
      if (level == null) {
        level = levelOfPairs();
      }
      if (level == null) {
        level = detector.detect(line, start, end).text();
      }
      pairs.add(new Label(DETECTED_LEVEL, level));
    }
    generic.addTo(pairs, stream.labels(), sent, line, start, end);
    if (pairs.isEmpty()) {
      return 0;
    }
    pairs.sort(Comparator.comparing(Label::name));
    return batch.metadataSet(new Labels(pairs));
  }

  /** Of a name sent twice the last value counts; of names that become equal the first one. */
  private void normalise(MetadataPairs sent) {
    pairs.clear();
    if (sources.length < sent.count()) {
      sources = new int[sent.count()];
    }
    for (int i = 0; i < sent.count(); i++) {
      String name = names.normalise(sent.bytes(), sent.nameStart(i), sent.nameEnd(i));
      int same = indexOf(name);
      if (sent.valueStart(i) == sent.valueEnd(i)) {
        continue;
      }
      if (same < 0) {
        sources[pairs.size()] = i;
        pairs.add(new Label(name, value(sent, i)));
      } else if (isSameName(sent, sources[same], i)) {
        pairs.set(same, new Label(name, value(sent, i)));
      }
    }
  }

  private int indexOf(String name) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSameName(MetadataPairs sent, int a, int b) {
    return Arrays.equals(
        sent.bytes(),
        sent.nameStart(a),
        sent.nameEnd(a),
        sent.bytes(),
        sent.nameStart(b),
        sent.nameEnd(b));
  }

  /** Bytes that are not UTF-8 become blanks. */
  private static String value(MetadataPairs sent, int pair) {
    int start = sent.valueStart(pair);
    return new String(sent.bytes(), start, sent.valueEnd(pair) - start, StandardCharsets.UTF_8)
        .replace('\ufffd', ' ');
  }

  private @Nullable String remove(String name) {
    int at = indexOf(name);
    return at < 0 ? null : pairs.remove(at).value();
  }

  private @Nullable String levelOfPairs() {
    for (String field : levelFields) {
      int at = indexOf(field);
      if (at >= 0) {
        return Level.normalise(pairs.get(at).value());
      }
    }
    int at = indexOf(SEVERITY_NUMBER);
    return at < 0 ? null : Level.ofSeverityNumber(pairs.get(at).value()).text();
  }
}
