package dev.skald.logql.pipeline;

import dev.skald.logql.pipeline.KeyTree.Node;
import dev.skald.logql.pipeline.LogfmtPairs.Found;
import dev.skald.logql.pipeline.LogfmtShape.EmptyValues;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.Stage.LogfmtFlag;

/** {@code logfmt} without expressions (spec logql.md 6.4): every pair becomes a label. */
final class LogfmtStep implements LineParser {
  private final RowBatch batch;
  private final ParsedLabels parsed;
  private final boolean isStrict;
  private final boolean keepsEmpty;
  private final boolean preservesErrors;
  private final KeyTree keys;
  private final FirstWins labels;
  private final LogfmtPairs pairs = new LogfmtPairs();
  private final ByteSlice value = new ByteSlice();

  LogfmtStep(RowBatch batch, Stage.Logfmt stage, LabelDemand demand) {
    this.batch = batch;
    parsed = batch.parsed();
    isStrict = stage.flags().contains(LogfmtFlag.STRICT);
    keepsEmpty = stage.flags().contains(LogfmtFlag.KEEP_EMPTY);
    preservesErrors = ParserErrors.arePreserved(demand);
    keys = new KeyTree(batch.names(), demand);
    labels = new FirstWins(batch, demand);
  }

  /** The same for lines that are taken apart. */
  static Step open(RowBatch batch, Stage.Logfmt stage, LabelDemand demand) {
    LogfmtStep step = new LogfmtStep(batch, stage, demand);
    LogfmtShape shapes = new LogfmtShape(batch.parsed());
    EmptyValues emptyValues = step.keepsEmpty ? EmptyValues.KEPT : EmptyValues.PASSED_OVER;
    ShapePlanner planner = shape -> shapes.plan(shape, step::labelsOf, emptyValues);
    return new ShapedParser(step, planner, new FirstWinsShape(batch, demand));
  }

  private int[] labelsOf(byte[] bytes, int start, int end) {
    Node key = keys.child(keys.root(), keys.root(), bytes, start, end);
    return key.isNeeded ? new int[] {key.nameId} : new int[0];
  }

  @Override
  public void parse(RowBatch theBatch, int place) {
    byte[] bytes = batch.lineBytesAt(place);
    pairs.begin(bytes, batch.lineStartAt(place), batch.lineEndAt(place));
    labels.begin(place);
    Node root = keys.root();
    Node before = root;
    while (!labels.isComplete()) {
      Found found = pairs.next();
      if (found == Found.END) {
        return;
      }
      if (found == Found.FAULT) {
        if (isStrict) {
          String details = pairs.faultDetails();
          ParserErrors.set(batch, place, ParserErrors.LOGFMT, details, preservesErrors);
          return;
        }
        pairs.skipFaulty();
        continue;
      }
      Node key = keys.child(root, before, bytes, pairs.keyStart, pairs.keyEnd);
      before = key;
      if (key.isNeeded) {
        int target = labels.target(key.nameId);
        if (target >= 0) {
          decode(parsed, pairs, bytes, value);
          if (keepsEmpty || value.length() > 0) {
            labels.add(target, value.bytes, value.start, value.end);
          }
        }
      }
    }
  }

  /**
   * The pair's value, escapes resolved and broken characters blank, in bytes of its own or of the
   * scratch.
   */
  static void decode(ParsedLabels parsed, LogfmtPairs pairs, byte[] bytes, ByteSlice out) {
    int start = pairs.valueStart;
    int end = pairs.valueEnd;
    if (!pairs.hasEscapes
        && (JsonText.isAscii(bytes, start, end) || !Utf8Text.hasReplacement(bytes, start, end))) {
      out.set(bytes, start, end);
      return;
    }
    parsed.reserve(end - start);
    byte[] scratch = parsed.scratch();
    int from = parsed.scratchLength();
    int to;
    if (pairs.hasEscapes) {
      to = pairs.unescape(scratch, from);
      to = Utf8Text.blankReplacements(scratch, from, to, scratch, from);
    } else {
      to = Utf8Text.blankReplacements(bytes, start, end, scratch, from);
    }
    parsed.commit(to);
    out.set(scratch, from, to);
  }
}
