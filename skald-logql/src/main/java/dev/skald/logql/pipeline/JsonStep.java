package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.KeyTree.Node;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code json} without expressions (spec logql.md 6.2): the members of a line's object become
 * labels.
 *
 * <p>A well-formed line is read in one pass, nested objects on a stack of ours. At anything unusual
 * the row's labels are taken back and {@link JsonFaultyLine} decides; so this pass has to be right
 * about well-formed lines only, and may call any other line unusual. What it must not miss is a
 * bracket inside a number or array that {@link JsonFaultyLine}, which counts brackets, would take
 * for the end of an enclosing object.
 */
final class JsonStep implements LineParser {
  private final RowBatch batch;
  private final ParsedLabels parsed;
  private final KeyTree keys;
  private final JsonLabels labels;
  private final JsonFaultyLine faultyLine;
  private final boolean preservesErrors;
  private Node[] stack = new Node[8];

  /** Where the last string or block ended. */
  private int after;

  JsonStep(RowBatch batch, LabelDemand demand) {
    this.batch = batch;
    parsed = batch.parsed();
    keys = new KeyTree(batch.names(), demand);
    labels = new JsonLabels(keys, new FirstWins(batch, demand), parsed);
    faultyLine = new JsonFaultyLine(keys, labels);
    preservesErrors = ParserErrors.arePreserved(demand);
  }

  /** The same for lines that are taken apart. */
  static Step open(RowBatch batch, LabelDemand demand) {
    JsonStep step = new JsonStep(batch, demand);
    JsonShape planner = new JsonShape(step.keys, step.labels, step.parsed);
    return new ShapedParser(step, planner, new FirstWinsShape(batch, demand));
  }

  @Override
  public void parse(RowBatch theBatch, int place) {
    labels.begin(place);
    if (labels.isComplete()) {
      return;
    }
    byte[] bytes = batch.lineBytesAt(place);
    int start = batch.lineStartAt(place);
    int end = batch.lineEndAt(place);
    long mark = parsed.mark(place);
    if (!readWellFormed(bytes, start, end)) {
      parsed.rewind(place, mark);
      labels.begin(place);
      String fault = faultyLine.read(bytes, start, end);
      if (fault != null) {
        ParserErrors.set(batch, place, ParserErrors.JSON, fault, preservesErrors);
      }
    }
  }

  /** False: there is something unusual, and labels may have been added. */
  private boolean readWellFormed(byte[] bytes, int start, int end) {
    int p = JsonText.skipBlanks(bytes, start, end);
    if (p == end || bytes[p] != '{') {
      return false;
    }
    Node parent = keys.root();
    int depth = 0;
    p++;
    while (true) {
      p = JsonText.skipBlanks(bytes, p, end);
      if (p == end) {
        return false;
      }
      if (bytes[p] == '"') {
        Node key = readKey(parent, bytes, p + 1, end);
        if (key == null) {
          return false;
        }
        p = JsonText.skipBlanks(bytes, after, end);
        if (p == end || bytes[p] != ':') {
          return false;
        }
        p = JsonText.skipBlanks(bytes, p + 1, end);
        if (p == end) {
          return false;
        }
        if (bytes[p] == '{' && key.isNeededInside) {
          if (depth + 1 >= JsonFaultyLine.DEPTH_MAX) {
            return false;
          }
          if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
          }
          stack[depth++] = parent;
          parent = key;
          p++;
          continue;
        }
        if (!readValue(key, bytes, p, end)) {
          return false;
        }
        if (labels.isComplete() && depth == 0) {
          return true;
        }
        p = after;
      } else if (bytes[p] == '}') {
        if (depth == 0) {
          return true;
        }
        parent = stack[--depth];
        p++;
        if (labels.isComplete() && depth == 0) {
          return true;
        }
      } else {
        return false;
      }
      p = JsonText.skipBlanks(bytes, p, end);
      if (p == end) {
        return false;
      }
      if (bytes[p] == ',') {
        p++;
      } else if (bytes[p] != '}') {
        return false;
      }
    }
  }

  private @Nullable Node readKey(Node parent, byte[] bytes, int start, int end) {
    int stop = JsonText.quoteOrBackslash(bytes, start, end);
    if (stop == end) {
      return null;
    }
    if (bytes[stop] == '"') {
      after = stop + 1;
      return labels.plainKey(parent, bytes, start, stop);
    }
    int close = JsonText.stringEnd(bytes, start, end);
    after = close + 1;
    return close < 0 ? null : labels.key(parent, bytes, start, close);
  }

  private boolean readValue(Node key, byte[] bytes, int p, int end) {
    switch (bytes[p]) {
      case '"' -> {
        int close = JsonText.stringEnd(bytes, p + 1, end);
        if (close >= 0) {
          after = close + 1;
          labels.addString(key, bytes, p + 1, close);
        }
        return close >= 0;
      }
      case '[' -> {
        after = balancedArrayEnd(bytes, p, end);
        return after >= 0;
      }
      case '{' -> {
        after = JsonText.blockEnd(bytes, p, end, '{', '}');
        return after >= 0;
      }
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        after = plainTokenEnd(bytes, p, end);
        if (after >= 0) {
          labels.addRaw(key, bytes, p, after);
        }
        return after >= 0;
      }
      case 't', 'f', 'n' -> {
        after = JsonText.tokenEnd(bytes, p, end);
        if (JsonText.is(bytes, p, after, "null")) {
          return true;
        }
        labels.addRaw(key, bytes, p, after);
        return JsonText.is(bytes, p, after, "true") || JsonText.is(bytes, p, after, "false");
      }
      default -> {
        return false;
      }
    }
  }

  /** As {@link JsonText#tokenEnd}; -1 if the token has a character that no number has. */
  private static int plainTokenEnd(byte[] bytes, int at, int end) {
    int p = at;
    while (p < end) {
      byte c = bytes[p];
      if (c == ',' || c == '}' || JsonText.isBlank(c)) {
        return p;
      }
      if ((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E') {
        p++;
      } else {
        return -1;
      }
    }
    return -1;
  }

  /** As {@link JsonText#blockEnd} of an array; -1 also if its braces do not match. */
  static int balancedArrayEnd(byte[] bytes, int at, int end) {
    int depth = 0;
    int braces = 0;
    for (int p = at; p < end; p++) {
      switch (bytes[p]) {
        case '"' -> {
          p = JsonText.stringEnd(bytes, p + 1, end);
          if (p < 0) {
            return -1;
          }
        }
        case '[' -> depth++;
        case ']' -> {
          depth--;
          if (depth == 0) {
            return braces == 0 ? p + 1 : -1;
          }
        }
        case '{' -> braces++;
        case '}' -> {
          braces--;
          if (braces < 0) {
            return -1;
          }
        }
        default -> {}
      }
    }
    return -1;
  }
}
