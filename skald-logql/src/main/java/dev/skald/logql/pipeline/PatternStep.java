package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.grep.LiteralFinder;
import dev.skald.logql.syntax.CapturePattern;
import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.PatternNode;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pattern "<ip> - <_> <status>"}: captures between literals become labels (spec logql.md
 * 6.7).
 */
final class PatternStep implements LineParser {
  /** Of a capture that makes no label. */
  static final int NO_NAME = -1;

  /** A capture and the literal behind it; an empty literal: the capture takes the rest. */
  private record Part(String name, LiteralFinder behind) {}

  private final RowBatch batch;
  private final LiteralFinder leading;
  private final List<Part> parts;
  private final FirstWins labels;
  private final int[] nameIds;

  private PatternStep(RowBatch batch, LiteralFinder leading, List<Part> parts, LabelDemand demand) {
    this.batch = batch;
    this.leading = leading;
    this.parts = parts;
    labels = new FirstWins(batch, demand);
    nameIds =
        parts.stream()
            .mapToInt(p -> p.name().equals("_") ? NO_NAME : batch.names().id(p.name()))
            .toArray();
  }

  static Step.Source compile(String pattern, LabelDemand demand) {
    Compiled compiled = compile(pattern);
    return batch -> new PatternStep(batch, compiled.leading(), compiled.parts(), demand);
  }

  /** For lines as they were stored. */
  static Step.Source compileForStored(String pattern, LabelDemand demand) {
    Compiled compiled = compile(pattern);
    return batch -> {
      PatternStep step = new PatternStep(batch, compiled.leading(), compiled.parts(), demand);
      return new ShapedParser(
          step,
          new PatternShape(compiled.nodes(), step.nameIds),
          new FirstWinsShape(batch, demand));
    };
  }

  private record Compiled(List<PatternNode> nodes, LiteralFinder leading, List<Part> parts) {}

  private static Compiled compile(String pattern) {
    List<PatternNode> nodes;
    try {
      nodes = CapturePattern.parse(pattern).nodes();
    } catch (ExpressionException e) {
      throw SkaldException.of(
          ErrorKind.BAD_REQUEST, "invalid pattern parser: " + e.getMessage(), e);
    }
    LiteralFinder leading = literalAt(nodes, 0);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof PatternNode.Capture capture) {
        parts.add(new Part(capture.name(), literalAt(nodes, i + 1)));
      }
    }
    return new Compiled(nodes, leading, parts);
  }

  private static LiteralFinder literalAt(List<PatternNode> nodes, int index) {
    String text =
        index < nodes.size() && nodes.get(index) instanceof PatternNode.Literal(String literal)
            ? literal
            : "";
    return new LiteralFinder(ByteSlice.utf8(text));
  }

  @Override
  public void parse(RowBatch theBatch, int place) {
    labels.begin(place);
    if (labels.isComplete()) {
      return;
    }
    byte[] bytes = batch.lineBytesAt(place);
    int end = batch.lineEndAt(place);
    int at = batch.lineStartAt(place);
    int leadingEnd = at + leading.needleBytes();
    if (at == end || leadingEnd > end || leading.find(bytes, at, leadingEnd) < 0) {
      return;
    }
    at = leadingEnd;
    for (int i = 0; i < nameIds.length; i++) {
      LiteralFinder behind = parts.get(i).behind();
      int hit = behind.needleBytes() == 0 ? -1 : behind.find(bytes, at, end);
      int captureEnd = hit < 0 ? end : hit;
      if (nameIds[i] != NO_NAME) {
        int target = labels.target(nameIds[i]);
        if (target >= 0) {
          labels.add(target, bytes, at, captureEnd);
        }
      }
      if (hit < 0) {
        return;
      }
      at = hit + behind.needleBytes();
    }
  }
}
