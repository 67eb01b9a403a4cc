package dev.skald.logql.pipeline;

import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import dev.skald.model.Stamp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines apart, correctly and in a different way for each seed: JSON by its members, to a random depth; text by
 * runs of letters and digits, by random cuts, or not at all. So that the same text may be a slot here and constant
 * there.
 */
public final class LineSplitter {
  /** A line taken apart. */
  record Split(Shape shape, List<byte[]> values) {}

  private final Random random;
  private final int jsonDepth;
  private final int textWay;
  private final int cutSeed;

  public LineSplitter(Random random) {
    this.random = random;
    jsonDepth = random.nextInt(4);
    textWay = random.nextInt(4);
    cutSeed = random.nextInt();
  }

  Split split(byte[] line) {
    if (jsonDepth > 0) {
      Parts parts = new Parts(line);
      JsonCut cut = new JsonCut(line, parts, jsonDepth);
      if (cut.isWhole()) {
        return parts.finish();
      }
    }
    return switch (textWay) {
      case 0 -> new Parts(line).slot(0, line.length, SlotKind.TEXT).finish();
      case 1 -> byWords(line);
      case 2 -> byQuotesAndWords(line);
      default -> anywhere(line);
    };
  }

  /** Words that hold a digit, and some that do not. */
  private Split byWords(byte[] line) {
    Parts parts = new Parts(line);
    int at = 0;
    while (at < line.length) {
      int end = at;
      boolean hasDigit = false;
      while (end < line.length && isWord(line[end])) {
        hasDigit |= line[end] <= '9';
        end++;
      }
      if (end > at
          && (hasDigit
              || (Arrays.hashCode(Arrays.copyOfRange(line, at, end)) + cutSeed) % 3 == 0)) {
        parts.slot(at, end, SlotKind.TEXT);
      }
      at = Math.max(end, at + 1);
    }
    return parts.finish();
  }

  /** What stands in quotes, what follows an equals sign, and words that begin with a digit. */
  private Split byQuotesAndWords(byte[] line) {
    Parts parts = new Parts(line);
    int at = 0;
    while (at < line.length) {
      if (line[at] == '"') {
        int close = JsonText.stringEnd(line, at + 1, line.length);
        if (close > 0) {
          parts.slot(at + 1, close, SlotKind.TEXT);
          at = close + 1;
          continue;
        }
      } else if (line[at] == '=' || (line[at] >= '0' && line[at] <= '9')) {
        int from = line[at] == '=' ? at + 1 : at;
        int end = from;
        while (end < line.length && line[end] > ' ' && line[end] != '"' && line[end] != ']') {
          end++;
        }
        parts.slot(from, end, SlotKind.TEXT);
        at = end;
        continue;
      }
      at++;
    }
    return parts.finish();
  }

  private Split anywhere(byte[] line) {
    Parts parts = new Parts(line);
    Random cuts = new Random(cutSeed);
    int at = 0;
    while (true) {
      int from = at + cuts.nextInt(6);
      int to = from + cuts.nextInt(4);
      if (to > line.length) {
        return parts.finish();
      }
      parts.slot(from, to, SlotKind.TEXT);
      at = to + 1;
    }
  }

  private static boolean isWord(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
  }

  /** Which column a slot's values go to: equal keys share one. A shape has a column at most once. */
  List<Object> columnKey(
      Shape shape, int shapeOrdinal, int slot, int[] taken, Map<List<Object>, Integer> known) {
    if (random.nextBoolean()) {
      List<Object> shared =
          List.of(shape.kind(slot), new String(shape.text(slot), StandardCharsets.ISO_8859_1));
      Integer id = known.get(shared);
      if (id == null || Arrays.stream(taken).noneMatch(t -> t == id)) {
        return shared;
      }
    }
    return List.of(shapeOrdinal, slot);
  }

  boolean hasDictionary() {
    return random.nextBoolean();
  }

  Stamp stamp(List<byte[]> values) {
    if (random.nextInt(6) == 0) {
      return Stamp.ANY;
    }
    long low = 0;
    long high = 0;
    boolean beyond = false;
    int min = Integer.MAX_VALUE;
    int max = 0;
    for (byte[] value : values) {
      min = Math.min(min, value.length);
      max = Math.max(max, value.length);
      for (byte b : value) {
        beyond |= b < 0;
        low |= b >= 0 && b < 64 ? 1L << b : 0;
        high |= b >= 64 ? 1L << b : 0;
      }
    }
    if (random.nextInt(6) == 0) {
      low |= random.nextLong();
      high |= random.nextLong();
    }
    return new Stamp(low, high, beyond, random.nextInt(6) == 0 ? 0 : min, max);
  }

  double @Nullable [] numbers(List<byte[]> values) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      String text = new String(values.get(i), StandardCharsets.ISO_8859_1);
      if (!text.matches("-?[0-9]+(\\.[0-9]+)?")) {
        return null;
      }
      numbers[i] = Double.parseDouble(text);
    }
    return random.nextInt(6) == 0 ? null : numbers;
  }

  /** Slots of a line, as they are found from its start to its end. */
  private static final class Parts {
    private final byte[] line;
    private final List<byte[]> texts = new ArrayList<>();
    private final List<SlotKind> kinds = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private int at;

    Parts(byte[] line) {
      this.line = line;
    }

    Parts slot(int from, int to, SlotKind kind) {
      texts.add(Arrays.copyOfRange(line, at, from));
      values.add(Arrays.copyOfRange(line, from, to));
      kinds.add(kind);
      at = to;
      return this;
    }

    Split finish() {
      texts.add(Arrays.copyOfRange(line, at, line.length));
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (int i = 0; i < texts.size(); i++) {
        whole.writeBytes(texts.get(i));
        whole.writeBytes(i < values.size() ? values.get(i) : new byte[0]);
      }
      if (!Arrays.equals(whole.toByteArray(), line)) {
        throw new AssertionError("a split that changes the line");
      }
      return new Split(new Shape(texts.toArray(byte[][]::new), kinds), values);
    }
  }

  /** Strict JSON, an object, and nothing behind it. */
  private static final class JsonCut {
    private final byte[] line;
    private final Parts parts;
    private final int depthMax;
    private int at;
    private final boolean isWhole;

    JsonCut(byte[] line, Parts parts, int depthMax) {
      this.line = line;
      this.parts = parts;
      this.depthMax = depthMax;
      blanks();
      boolean ok = at < line.length && line[at] == '{' && value(0, null);
      blanks();
      isWhole = ok && at == line.length;
    }

    boolean isWhole() {
      return isWhole;
    }

    private void blanks() {
      at = JsonText.skipBlanks(line, at, line.length);
    }

    private boolean take(char c) {
      blanks();
      boolean has = at < line.length && line[at] == c;
      at += has ? 1 : 0;
      return has;
    }

    /**
     * Reads a value; slots are cut where {@code out} is not null.
     */
    private boolean value(int depth, @Nullable Parts out) {
      blanks();
      if (at == line.length) {
        return false;
      }
      int from = at;
      switch (line[at]) {
        case '{' -> {
          boolean inside = depth < depthMax;
          if (inside) {
            return members(depth, out != null || depth == 0 ? parts : null);
          }
          return nested() && cut(out, from, SlotKind.JSON_NESTED);
        }
        case '[' -> {
          return nested() && cut(out, from, SlotKind.JSON_NESTED);
        }
        case '"' -> {
          if (!string()) {
            return false;
          }
          if (out != null) {
            out.slot(from + 1, at - 1, SlotKind.JSON_STRING);
          }
          return true;
        }
        default -> {
          while (at < line.length && "+-.0123456789eEtrufalsn".indexOf(line[at]) >= 0) {
            at++;
          }
          String token = new String(line, from, at - from, StandardCharsets.ISO_8859_1);
          return token.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")
              && cut(out, from, SlotKind.JSON_BARE);
        }
      }
    }

    private boolean cut(@Nullable Parts out, int from, SlotKind kind) {
      if (out != null) {
        out.slot(from, at, kind);
      }
      return true;
    }

    private boolean members(int depth, @Nullable Parts out) {
      at++;
      if (take('}')) {
        return true;
      }
      do {
        blanks();
        if (at == line.length
            || line[at] != '"'
            || !string()
            || !take(':')
            || !value(depth + 1, out)) {
          return false;
        }
      } while (take(','));
      return take('}');
    }

    /** Brackets of any kind and strings are matched, nothing else is looked at. */
    private boolean nested() {
      int open = 0;
      while (at < line.length) {
        byte b = line[at];
        if (b == '"') {
          if (!string()) {
            return false;
          }
          continue;
        }
        open += b == '[' || b == '{' ? 1 : b == ']' || b == '}' ? -1 : 0;
        at++;
        if (open == 0) {
          return true;
        }
      }
      return false;
    }

    private boolean string() {
      int close = JsonText.stringEnd(line, at + 1, line.length);
      if (close < 0) {
        return false;
      }
      at = close + 1;
      return true;
    }
  }
}
