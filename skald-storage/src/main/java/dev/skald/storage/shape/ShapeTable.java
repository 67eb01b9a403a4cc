package dev.skald.storage.shape;

import dev.skald.bytes.SeededHash;
import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes met so far, and the numbers of the columns that their slots fill. Where one signature
 * grows too many shapes, the words at the positions that vary become slots: URLs and names of users
 * make no shapes of their own. One thread.
 */
final class ShapeTable {
  /** Beyond, lines of unknown shape are kept whole. */
  static final int SHAPES_MAX = 8192;

  /** A signature that has so many shapes more is looked at for words that vary. */
  private static final int SHAPES_OF_SIGNATURE = 6;

  /** A position with more different words varies. */
  private static final int WORDS_FEW = 4;

  /** Longest text of a shape; longer lines are kept whole. */
  private static final int TEXT_BYTES_MAX = 16 << 10;

  /** JSON shapes that lines are tried against before they are split. */
  private static final int RECENT = 4;

  private static final long[] NO_WORDS = {};

  private final long seed;
  private final JsonSplitter json;
  private final TextSplitter text;
  private final HashTable<KnownShape> shapes = new HashTable<>();
  private final ExpectedShapes expected = new ExpectedShapes();
  private final HashTable<Signature> signatures = new HashTable<>();
  private final HashTable<KnownShape> beginnings = new HashTable<>();
  private final SlotColumns columns;
  private final List<KnownShape> published = new ArrayList<>();
  private final KnownShape[] recent = new KnownShape[RECENT];
  private final KnownShape whole;
  private boolean learned;

  /** Lines alike but for words and slots. */
  private static final class Signature {
    long[] slotWords = NO_WORDS;
    int shapesLeft = SHAPES_OF_SIGNATURE;

    /** That are made of the words which are no slots now. */
    final List<KnownShape> shapes = new ArrayList<>();

    final List<Map<Long, Integer>> words = new ArrayList<>();
  }

  /**
   * @param seed unknown to who sends lines
   */
  ShapeTable(long seed) {
    this.seed = seed;
    json = new JsonSplitter(seed);
    text = new TextSplitter(seed);
    columns = new SlotColumns(seed);
    whole =
        new KnownShape(
            new Shape(new byte[][] {{}, {}}, List.of(SlotKind.TEXT)),
            new int[] {columns.rest()},
            false);
    Arrays.fill(recent, whole);
  }

  /** The shape whose one slot is the line. */
  KnownShape whole() {
    return whole;
  }

  /** Makes a shape one of those that are stored. */
  void publish(KnownShape shape) {
    if (shape.publishedOrdinal < 0) {
      shape.publishedOrdinal = published.size();
      published.add(shape);
    }
  }

  int publishedCount() {
    return published.size();
  }

  /** Takes back what was published after the first {@code count}. */
  void unpublish(int count) {
    while (published.size() > count) {
      published.removeLast().publishedOrdinal = -1;
    }
  }

  /** Those that are stored, in order. Borrowed. */
  List<KnownShape> published() {
    return published;
  }

  /** Distinct columns so far. */
  int columnCount() {
    return columns.count();
  }

  /** Whether positions began to vary since the last call: lines split before would now be split otherwise. */
  boolean takeLearned() {
    boolean was = learned;
    learned = false;
    return was;
  }

  /** Finds or makes the shape of a line and its slots. */
  KnownShape split(byte[] bytes, int start, int end, SplitLine out) {
    if (start < end && bytes[start] == '{') {
      for (int i = 0; i < RECENT; i++) {
        KnownShape shape = recent[i];
        if (shape.isJson() && shape.splitJson(bytes, start, end, out)) {
          touch(i, shape);
          return shape;
        }
      }
      if (json.split(bytes, start, end, out)) {
        KnownShape shape = jsonShape(bytes, start, end, out);
        touch(RECENT - 1, shape);
        return shape;
      }
    }
    KnownShape known = expected.split(bytes, start, end, out);
    if (known != null) {
      return known;
    }
    if (!text.split(bytes, start, end) || text.count == 0) {
      out.setWhole(start, end);
      return whole;
    }
    known = textShape(bytes, start, end, out);
    if (known != whole) {
      expected.add(known);
    }
    return known;
  }

  private void touch(int index, KnownShape shape) {
    if (index > 0) {
      System.arraycopy(recent, 0, recent, 1, index);
      recent[0] = shape;
    }
  }

  private KnownShape jsonShape(byte[] bytes, int start, int end, SplitLine slots) {
    long hash = seed;
    int from = start;
    for (int i = 0; i < slots.count; i++) {
      hash = SeededHash.of(bytes, from, slots.starts[i], hash + slots.kind(i).code());
      from = slots.ends[i];
    }
    hash = SeededHash.of(bytes, from, end, hash);
    KnownShape known = shapes.get(hash);
    if (known != null && known.matches(bytes, start, end, slots)) {
      return known;
    }
    return known != null ? keepWhole(start, end, slots) : add(hash, bytes, start, end, slots, true);
  }

  private KnownShape textShape(byte[] bytes, int start, int end, SplitLine slots) {
    Signature signature = signatures.get(text.signature);
    long[] slotWords = signature == null ? NO_WORDS : signature.slotWords;
    long hash = text.choose(bytes, slotWords, slots);
    KnownShape known = shapes.get(hash);
    if (known != null) {
      return known.matches(bytes, start, end, slots) ? known : keepWhole(start, end, slots);
    }
    if (signature == null) {
      signature = new Signature();
      signatures.put(text.signature, signature);
    }
    count(bytes, signature);
    if (--signature.shapesLeft == 0) {
      generalise(signature);
      hash = text.choose(bytes, signature.slotWords, slots);
      known = shapes.get(hash);
      if (known != null && known.matches(bytes, start, end, slots)) {
        return known;
      }
    }
    KnownShape added = add(hash, bytes, start, end, slots, false);
    if (added != whole) {
      signature.shapes.add(added);
    }
    return added;
  }

  private KnownShape keepWhole(int start, int end, SplitLine slots) {
    slots.setWhole(start, end);
    return whole;
  }

  private KnownShape add(
      long hash, byte[] bytes, int start, int end, SplitLine slots, boolean isJson) {
    int textBytes = end - start;
    for (int i = 0; i < slots.count; i++) {
      textBytes -= slots.ends[i] - slots.starts[i];
    }
    if (isFull() || textBytes > TEXT_BYTES_MAX) {
      return keepWhole(start, end, slots);
    }
    byte[][] texts = new byte[slots.count + 1][];
    List<SlotKind> kinds = new ArrayList<>(slots.count);
    int from = start;
    for (int i = 0; i < slots.count; i++) {
      texts[i] = Arrays.copyOfRange(bytes, from, slots.starts[i]);
      kinds.add(slots.kind(i));
      from = slots.ends[i];
    }
    texts[slots.count] = Arrays.copyOfRange(bytes, from, end);
    Shape shape = new Shape(texts, kinds);
    KnownShape known =
        isJson
            ? new KnownShape(shape, columns.ofJson(slots), true)
            : KnownShape.ofText(shape, columns.ofText(texts, bytes, slots), slots.forms());
    shapes.put(hash, known);
    return known;
  }

  /**
   * The first slots of a text shape, at least one, and one slot for all that follows: it begins with the first word or
   * number behind them.
   */
  KnownShape beginning(KnownShape of, int slots) {
    byte[][] texts = new byte[slots + 2][];
    int[] columnOf = new int[slots + 1];
    long hash = seed;
    for (int i = 0; i < slots; i++) {
      texts[i] = of.shape().text(i);
      columnOf[i] = of.column(i);
      hash = SeededHash.of(texts[i], 0, texts[i].length, SeededHash.and(hash, columnOf[i], seed));
    }
    byte[] after = of.shape().text(slots);
    int marks = 0;
    while (marks < after.length && TextSplitter.isMark(after[marks])) {
      marks++;
    }
    texts[slots] = Arrays.copyOf(after, marks);
    texts[slots + 1] = new byte[0];
    columnOf[slots] = columns.rest();
    hash = SeededHash.of(after, 0, marks, hash);
    Shape shape = new Shape(texts, Collections.nCopies(slots + 1, SlotKind.TEXT));
    KnownShape known = beginnings.get(hash);
    if (known != null) {
      return known.shape().equals(shape) && known.hasColumns(columnOf) ? known : whole;
    }
    if (isFull()) {
      return whole;
    }
    KnownShape added = new KnownShape(shape, columnOf, false);
    beginnings.put(hash, added);
    return added;
  }

  private boolean isFull() {
    return shapes.size() + beginnings.size() >= SHAPES_MAX;
  }

  /** Notes the words of a new shape. */
  private void count(byte[] bytes, Signature signature) {
    int word = 0;
    for (int i = 0; i < text.count; i++) {
      if (text.isWord(i)) {
        if (word == signature.words.size()) {
          signature.words.add(new HashMap<>());
        }
        signature
            .words
            .get(word++)
            .merge(SeededHash.of(bytes, text.starts[i], text.ends[i], seed), 1, Integer::sum);
      }
    }
  }

  /** Makes slots of the positions with many different words, or of the one with most. */
  private void generalise(Signature signature) {
    int most = -1;
    int mostWords = 1;
    long[] slotWords = Arrays.copyOf(signature.slotWords, (signature.words.size() + 63) / 64);
    for (int word = 0; word < signature.words.size(); word++) {
      int distinct = signature.words.get(word).size();
      if (distinct > WORDS_FEW) {
        slotWords[word >>> 6] |= 1L << word;
      }
      if (distinct > mostWords && !TextSplitter.isSet(signature.slotWords, word)) {
        most = word;
        mostWords = distinct;
      }
    }
    if (most >= 0) {
      slotWords[most >>> 6] |= 1L << most;
      learned = true;
      for (KnownShape shape : signature.shapes) {
        shape.isStale = true;
        expected.remove(shape);
      }
      signature.shapes.clear();
    }
    signature.slotWords = slotWords;
    signature.shapesLeft = SHAPES_OF_SIGNATURE;
    signature.words.forEach(Map::clear);
  }
}
