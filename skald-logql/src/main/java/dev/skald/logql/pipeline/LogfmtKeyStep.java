package dev.skald.logql.pipeline;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.LogfmtPairs.Found;
import dev.skald.logql.syntax.ExpressionException;
import dev.skald.logql.syntax.LogfmtKey;
import dev.skald.logql.syntax.Stage;
import dev.skald.logql.syntax.Stage.Extraction;
import dev.skald.logql.syntax.Stage.LogfmtFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code logfmt a="key", b}: only these pairs become labels, the last one of a key (spec logql.md
 * 6.5).
 */
final class LogfmtKeyStep implements LineParser {
  private final ParsedLabels parsed;
  private final byte[][] keys;
  private final ExpressionLabels labels;
  private final boolean isStrict;
  private final boolean preservesErrors;
  private final LogfmtPairs pairs = new LogfmtPairs();
  private final ByteSlice value = new ByteSlice();

  private LogfmtKeyStep(
      RowBatch batch, Stage.Logfmt stage, List<String> keys, boolean preservesErrors) {
    parsed = batch.parsed();
    this.keys = keys.stream().map(ByteSlice::utf8).toArray(byte[][]::new);
    labels =
        new ExpressionLabels(
            batch, stage.extractions().stream().map(Extraction::identifier).toList());
    isStrict = stage.flags().contains(LogfmtFlag.STRICT);
    this.preservesErrors = preservesErrors;
  }

  static Step.Source compile(Stage.Logfmt stage, LabelDemand demand) {
    List<String> keys = keys(stage);
    boolean preservesErrors = ParserErrors.arePreserved(demand);
    return batch -> new LogfmtKeyStep(batch, stage, keys, preservesErrors);
  }

  /** For lines as they were stored. */
  static Step.Source compileForStored(Stage.Logfmt stage, LabelDemand demand) {
    List<String> keys = keys(stage);
    boolean preservesErrors = ParserErrors.arePreserved(demand);
    return batch -> {
      LogfmtKeyStep step = new LogfmtKeyStep(batch, stage, keys, preservesErrors);
      LogfmtShape shapes = new LogfmtShape(batch.parsed());
      return new ShapedParser(
          step,
          shape -> shapes.plan(shape, step::labelsOf, LogfmtShape.EmptyValues.KEPT),
          new ExpressionShape(batch, step.labels, ExpressionShape.Unfound.EMPTIED, demand));
    };
  }

  private static List<String> keys(Stage.Logfmt stage) {
    List<String> keys = new ArrayList<>();
    for (Extraction extraction : stage.extractions()) {
      try {
        keys.add(LogfmtKey.parse(extraction.expression()).key());
      } catch (ExpressionException e) {
        throw SkaldException.of(
            ErrorKind.BAD_REQUEST,
            "cannot parse expression [" + extraction.expression() + "]: " + e.getMessage(),
            e);
      }
    }
    return keys;
  }

  private int[] labelsOf(byte[] bytes, int start, int end) {
    return IntStream.range(0, keys.length)
        .filter(i -> Arrays.equals(keys[i], 0, keys[i].length, bytes, start, end))
        .toArray();
  }

  @Override
  public void parse(RowBatch batch, int place) {
    labels.empty(place);
    byte[] bytes = batch.lineBytesAt(place);
    pairs.begin(bytes, batch.lineStartAt(place), batch.lineEndAt(place));
    for (Found found = pairs.next(); found != Found.END; found = pairs.next()) {
      if (found == Found.PAIR) {
        take(bytes, place);
      } else if (isStrict) {
        String details = pairs.faultDetails();
        ParserErrors.set(batch, place, ParserErrors.LOGFMT, details, preservesErrors);
        return;
      } else {
        pairs.skipFaulty();
      }
    }
  }

  private void take(byte[] bytes, int place) {
    for (int i = 0; i < keys.length; i++) {
      byte[] key = keys[i];
      if (Arrays.equals(key, 0, key.length, bytes, pairs.keyStart, pairs.keyEnd)) {
        LogfmtStep.decode(parsed, pairs, bytes, value);
        labels.add(place, i, value.bytes, value.start, value.end);
      }
    }
  }
}
