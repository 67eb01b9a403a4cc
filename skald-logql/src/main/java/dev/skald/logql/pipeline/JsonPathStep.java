package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.JsonPathShape.ArrayEntry;
import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.JsonPath;
import dev.skald.logql.syntax.Stage.Extraction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code json a="x.y[0]", b}: only these values become labels (spec logql.md 6.3). The line is
 * walked once, whatever the number of paths, and is not checked: keys are strings followed by a
 * colon, braces tell how deep they are.
 */
final class JsonPathStep implements LineParser {
  /** An identifier and where its value is; keys as bytes. */
  private record Wanted(String identifier, List<PathStep> path) {}

  private sealed interface PathStep {
    /** Compared as bytes; no record, as an array has no equality. */
    final class Key implements PathStep {
      private final byte[] name;

      private Key(byte[] name) {
        this.name = name;
      }

      private boolean is(byte[] bytes, int start, int end) {
        return Arrays.equals(name, 0, name.length, bytes, start, end);
      }
    }

    record Index(int index) implements PathStep {}
  }

  private final RowBatch batch;
  private final ParsedLabels parsed;
  private final List<Wanted> wanted;
  private final ExpressionLabels labels;
  private final boolean preservesErrors;
  private final int pathLengthMax;
  private final JsonValue value = new JsonValue();
  private final ByteSlice key = new ByteSlice();

  // Of the row at hand.
  private int place;
  private byte[] bytes = ByteSlice.NO_BYTES;
  private int end;
  private final boolean[] isFound;
  private int missing;

  /** Per path: how many of its first steps lead to where the walk is. */
  private final int[] depthOnPath;

  private JsonPathStep(RowBatch batch, List<Wanted> wanted, LabelDemand demand) {
    this.batch = batch;
    this.wanted = wanted;
    parsed = batch.parsed();
    labels = new ExpressionLabels(batch, wanted.stream().map(Wanted::identifier).toList());
    preservesErrors = ParserErrors.arePreserved(demand);
    pathLengthMax = wanted.stream().mapToInt(w -> w.path().size()).max().orElse(0);
    isFound = new boolean[wanted.size()];
    depthOnPath = new int[wanted.size()];
  }

  static Step.Source compile(List<Extraction> extractions, LabelDemand demand) {
    List<Wanted> wanted = wanted(extractions);
    return batch -> new JsonPathStep(batch, wanted, demand);
  }

  /** For lines as they were stored. */
  static Step.Source compileForStored(List<Extraction> extractions, LabelDemand demand) {
    List<Wanted> wanted = wanted(extractions);
    List<String> identifiers = wanted.stream().map(Wanted::identifier).toList();
    boolean entersArrays =
        wanted.stream().anyMatch(w -> w.path().stream().anyMatch(PathStep.Index.class::isInstance));
    ArrayEntry arrays = entersArrays ? ArrayEntry.SOME : ArrayEntry.NEVER;
    return batch -> {
      JsonPathStep step = new JsonPathStep(batch, wanted, demand);
      return new ShapedParser(
          step,
          new JsonPathShape(
              batch.names(), identifiers, arrays, trial -> new JsonPathStep(trial, wanted, demand)),
          new ExpressionShape(batch, step.labels, ExpressionShape.Unfound.ADDED, demand));
    };
  }

  private static List<Wanted> wanted(List<Extraction> extractions) {
    List<Wanted> wanted = new ArrayList<>();
    for (Extraction extraction : extractions) {
      wanted.add(new Wanted(extraction.identifier(), compile(extraction.expression())));
    }
    return wanted;
  }

  private static List<PathStep> compile(String expression) {
    try {
      List<PathStep> steps = new ArrayList<>();
      for (JsonPath.Step step : JsonPath.parse(expression).steps()) {
        steps.add(
            switch (step) {
              case JsonPath.Step.Key(String name) -> new PathStep.Key(ByteSlice.utf8(name));
              case JsonPath.Step.Index(int index) -> new PathStep.Index(index);
            });
      }
      return steps;
    } catch (ExpressionException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST,
          "cannot parse expression [" + expression + "]: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void parse(RowBatch theBatch, int newPlace) {
    place = newPlace;
    bytes = theBatch.lineBytesAt(place);
    end = theBatch.lineEndAt(place);
    int start = theBatch.lineStartAt(place);
    if (start == end) {
      return;
    }
    if (bytes[start] != '{' && bytes[start] != '[' && bytes[start] != '"') {
      ParserErrors.set(theBatch, place, ParserErrors.JSON, null, preservesErrors);
      return;
    }
    Arrays.fill(isFound, false);
    Arrays.fill(depthOnPath, 0);
    missing = wanted.size();
    walk(start);
    labels.addMissing(place);
  }

  /** Walks the document until all is found, or it makes no sense any more. */
  private void walk(int start) {
    int level = 0;
    int p = start;
    while (p < end && missing > 0) {
      switch (bytes[p]) {
        case '"' -> {
          int close = JsonText.stringEnd(bytes, p + 1, end);
          int after = close < 0 ? end : JsonText.skipBlanks(bytes, close + 1, end);
          if (after == end) {
            return;
          }
          if (bytes[after] != ':') {
            p = close + 1;
            continue;
          }
          if (!decodeKey(p + 1, close)) {
            return;
          }
          if (level < 1) {
            fault(JsonValue.MALFORMED);
            return;
          }
          p = after + 1;
          if (level <= pathLengthMax) {
            enterKey(level, p);
          }
          continue;
        }
        case '{' -> level++;
        case '}' -> level--;
        case '[' -> {
          int after = level < 0 ? -1 : enterArray(level, p);
          if (after < 0) {
            return;
          }
          p = after;
          continue;
        }
        case ']' -> level--;
        default -> {}
      }
      p++;
    }
  }

  private boolean decodeKey(int start, int close) {
    if (JsonText.quoteOrBackslash(bytes, start, close) == close) {
      key.set(bytes, start, close);
      return true;
    }
    parsed.reserve(close - start);
    int from = parsed.scratchLength();
    int to = JsonText.unescape(bytes, start, close, parsed.scratch(), from);
    key.set(parsed.scratch(), from, to);
    return to >= 0;
  }

  /**
   * The key just decoded is the {@code level}-th from the top; its value begins at {@code valueAt}.
   */
  private void enterKey(int level, int valueAt) {
    for (int i = 0; i < isFound.length; i++) {
      List<PathStep> path = wanted.get(i).path();
      depthOnPath[i] = Math.min(depthOnPath[i], level - 1);
      if (depthOnPath[i] == level - 1
          && path.size() >= level
          && path.get(level - 1) instanceof PathStep.Key step
          && step.is(key.bytes, key.start, key.end)) {
        depthOnPath[i] = level;
        if (path.size() == level && !isFound[i]) {
          found(i);
          addValue(i, valueAt, end);
        }
      }
    }
  }

  /** Looks into an array that some path enters. Returns the position behind the array, or -1. */
  private int enterArray(int level, int at) {
    boolean isWanted = false;
    for (int i = 0; i < isFound.length; i++) {
      isWanted |= entersArray(i, level);
    }
    if (isWanted) {
      int element = 0;
      int p = at + 1;
      while (value.read(bytes, p, end) == null) {
        int elementStart = JsonText.skipBlanks(bytes, p, end);
        int elementEnd = value.next;
        for (int i = 0; i < isFound.length; i++) {
          if (entersArray(i, level)
              && wanted.get(i).path().get(level) instanceof PathStep.Index(int index)
              && index == element) {
            found(i);
            int valueAt = find(wanted.get(i).path(), level + 1, elementStart, elementEnd);
            if (valueAt >= 0) {
              addValue(i, valueAt, elementEnd);
            }
          }
        }
        p = JsonText.skipBlanks(bytes, elementEnd, end);
        if (p == end || bytes[p] != ',') {
          break;
        }
        p++;
        element++;
      }
    }
    return JsonText.blockEnd(bytes, at, end, '[', ']');
  }

  private boolean entersArray(int i, int level) {
    List<PathStep> path = wanted.get(i).path();
    return !isFound[i]
        && path.size() > level
        && depthOnPath[i] == level
        && path.get(level) instanceof PathStep.Index;
  }

  /**
   * Where the value lies that the rest of a path leads to inside {@code [at .. textEnd)}; -1:
   * nowhere.
   */
  private int find(List<PathStep> path, int from, int at, int textEnd) {
    int valueAt = at;
    for (PathStep step : path.subList(from, path.size())) {
      valueAt =
          switch (step) {
            case PathStep.Key name -> findMember(name, valueAt, textEnd);
            case PathStep.Index(int index) -> findElement(index, valueAt, textEnd);
          };
      if (valueAt < 0) {
        return -1;
      }
    }
    return valueAt;
  }

  private int findMember(PathStep.Key name, int at, int textEnd) {
    JsonMembers members = new JsonMembers();
    members.begin(bytes, at, textEnd);
    while (members.nextKey()) {
      if (!decodeKey(members.keyStart, members.keyEnd)) {
        return -1;
      }
      boolean isIt = name.is(key.bytes, key.start, key.end);
      if (!members.readValue()) {
        return -1;
      }
      if (isIt) {
        return members.value.kind == JsonValue.Kind.STRING
            ? members.value.start - 1
            : members.value.start;
      }
    }
    return -1;
  }

  private int findElement(int index, int at, int textEnd) {
    int p = JsonText.skipBlanks(bytes, at, textEnd);
    if (p == textEnd || bytes[p] != '[') {
      return -1;
    }
    JsonValue element = new JsonValue();
    p++;
    for (int i = 0; element.read(bytes, p, textEnd) == null; i++) {
      if (i == index) {
        return p;
      }
      p = JsonText.skipBlanks(bytes, element.next, textEnd);
      if (p == textEnd || bytes[p] != ',') {
        return -1;
      }
      p++;
    }
    return -1;
  }

  private void found(int i) {
    isFound[i] = true;
    missing--;
  }

  private void addValue(int i, int at, int textEnd) {
    JsonValue it = new JsonValue();
    String fault = it.read(bytes, at, textEnd);
    if (fault != null) {
      fault(fault);
      return;
    }
    switch (it.kind) {
      case STRING -> {
        ByteSlice text = JsonLabels.decodeString(parsed, bytes, it.start, it.end);
        labels.add(place, i, text.bytes, text.start, text.end);
      }
      case NUMBER, BOOLEAN, OBJECT, ARRAY -> labels.add(place, i, bytes, it.start, it.end);
      case NULL -> labels.add(place, i, ByteSlice.NO_BYTES, 0, 0);
    }
  }

  private void fault(String details) {
    ParserErrors.set(batch, place, ParserErrors.JSON, details, preservesErrors);
  }
}
