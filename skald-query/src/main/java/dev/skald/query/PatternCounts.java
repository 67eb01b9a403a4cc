package dev.skald.query;

import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import dev.skald.model.Shape;
import dev.skald.model.ShapedLines;
import dev.skald.storage.LineShapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Entries by the shape of their line, their level and their time. For one thread. */
final class PatternCounts {
  private static final String HOLE = "<_>";
  private static final String LEVEL = "detected_level";
  private static final String NO_LEVEL = "unknown";
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Patterns of an answer. */
  private static final int PATTERNS_MAX = 300;

  /** Patterns in memory; beyond, those that are not known yet are not counted. */
  private static final int KNOWN_MAX = 50_000;

  /** Longest pattern that is told; longer lines are known by their beginning. */
  private static final int TEXT_CHARS_MAX = 3000;

  private final long stepNanos;
  private final long seed;
  private final Map<Shape, String> texts = new HashMap<>();
  private final Map<Key, TreeMap<Long, Long>> counts = new HashMap<>();

  private record Key(String text, String level) {}

  /** What a row is counted as, in numbers of its page. */
  private record Place(int shape, int level, long step) {}

  PatternCounts(long stepNanos, long seed) {
    this.stepNanos = stepNanos;
    this.seed = seed;
  }

  void add(PageRows selected) {
    Page page = selected.page();
    Selection rows = selected.rows();
    if (rows.isEmpty()) {
      return;
    }
    List<Shape> shapes = new ArrayList<>();
    int[] shapeOf = shapes(page, rows, shapes);
    Levels levels = new Levels(page);
    long[] times = page.timestampsEpochNanos();
    int[] metadataOf = page.metadataOrdinals();
    Map<Place, Long> places = new HashMap<>();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.row(i);
      long step = Math.floorDiv(times[row], stepNanos);
      places.merge(new Place(shapeOf[i], levels.of(metadataOf[row]), step), 1L, Long::sum);
    }
    places.forEach(
        (place, count) ->
            add(shapes.get(place.shape), levels.name(place.level), place.step, count));
  }

  private void add(Shape shape, String level, long step, long count) {
    String text = texts.computeIfAbsent(shape, PatternCounts::text);
    if (text.isEmpty()) {
      return;
    }
    Key key = new Key(text, level);
    TreeMap<Long, Long> known = counts.get(key);
    if (known == null) {
      if (counts.size() >= KNOWN_MAX) {
        return;
      }
      known = new TreeMap<>();
      counts.put(key, known);
    }
    known.merge(step * (stepNanos / SECOND_NANOS), count, Long::sum);
  }

  /** Per selected row an index into {@code shapes}, which is filled. */
  private int[] shapes(Page page, Selection rows, List<Shape> shapes) {
    int[] shapeOf = new int[rows.count()];
    ShapedLines shaped = page.shaped();
    if (shaped != null) {
      for (int i = 0; i < shaped.shapeCount(); i++) {
        shapes.add(shaped.shape(i));
      }
      int[] ordinals = shaped.shapeOrdinals();
      Arrays.setAll(shapeOf, i -> ordinals[rows.row(i)]);
      return shapeOf;
    }
    List<Shape> found =
        LineShapes.of(page.lines(rows.rows(), rows.count()), rows.rows(), rows.count(), seed);
    Map<Shape, Integer> ordinals = new HashMap<>();
    for (int i = 0; i < shapeOf.length; i++) {
      Integer ordinal = ordinals.get(found.get(i));
      if (ordinal == null) {
        ordinal = shapes.size();
        ordinals.put(found.get(i), ordinal);
        shapes.add(found.get(i));
      }
      shapeOf[i] = ordinal;
    }
    return shapeOf;
  }

  /** The levels of a page's sets of metadata, each looked up once. */
  private static final class Levels {
    private final Page page;
    private final int[] ofSet;
    private final List<String> names = new ArrayList<>();

    Levels(Page page) {
      this.page = page;
      ofSet = new int[page.metadataCount()];
      Arrays.fill(ofSet, -1);
    }

    int of(int metadata) {
      if (ofSet[metadata] < 0) {
        Labels labels = page.metadata(metadata);
        String level = labels.get(LEVEL);
        String name = level.isEmpty() ? NO_LEVEL : level;
        int known = names.indexOf(name);
        if (known < 0) {
          known = names.size();
          names.add(name);
        }
        ofSet[metadata] = known;
      }
      return ofSet[metadata];
    }

    String name(int level) {
      return names.get(level);
    }
  }

  /** Empty if the shape says nothing: no letter is the same in all its lines. */
  private static String text(Shape shape) {
    StringBuilder text = new StringBuilder();
    boolean isTelling = false;
    for (int i = 0; i <= shape.slotCount(); i++) {
      String constant = new String(shape.text(i), StandardCharsets.UTF_8);
      isTelling |= constant.codePoints().anyMatch(Character::isLetterOrDigit);
      text.append(constant);
      if (i < shape.slotCount() && !(constant.isEmpty() && i > 0)) {
        text.append(HOLE);
      }
    }
    if (!isTelling) {
      return "";
    }
    return text.length() <= TEXT_CHARS_MAX
        ? text.toString()
        : text.substring(
                0,
                Character.isHighSurrogate(text.charAt(TEXT_CHARS_MAX - 1))
                    ? TEXT_CHARS_MAX - 1
                    : TEXT_CHARS_MAX)
            + HOLE;
  }

  List<LinePattern> mostFrequent() {
    List<LinePattern> patterns = new ArrayList<>();
    Map<Key, Long> totals = new HashMap<>();
    counts.forEach(
        (key, samples) ->
            totals.put(key, samples.values().stream().mapToLong(Long::longValue).sum()));
    counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<Key, TreeMap<Long, Long>> e) -> -totals.getOrDefault(e.getKey(), 0L))
                .thenComparing(e -> e.getKey().text())
                .thenComparing(e -> e.getKey().level()))
        .limit(PATTERNS_MAX)
        .forEach(
            e ->
                patterns.add(new LinePattern(e.getKey().text(), e.getKey().level(), e.getValue())));
    return patterns;
  }
}
