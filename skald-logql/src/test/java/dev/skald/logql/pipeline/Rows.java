package dev.skald.logql.pipeline;

import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.Span;
import dev.skald.logql.syntax.Stage;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Selection;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Pages of a few rows, and what a pipeline makes of them. */
final class Rows {
  static final PipelineLimits LIMITS = PipelineLimits.defaults(() -> 0, ZoneOffset.UTC);
  static final Labels STREAM = Labels.of("app", "web");

  private Rows() {}

  /** A row after a pipeline: its line and all its labels. */
  record Row(String line, Labels labels) {}

  static EntryBatch page(List<String> lines) {
    EntryBatch page = new EntryBatch();
    int stream = page.stream(STREAM);
    for (int i = 0; i < lines.size(); i++) {
      byte[] bytes = lines.get(i).getBytes(StandardCharsets.UTF_8);
      page.add(stream, i, bytes, 0, bytes.length, 0);
    }
    return page;
  }

  static Stage filter(Stage.LineMatch match, String... texts) {
    List<Stage.Operand> operands = new ArrayList<>();
    for (String text : texts) {
      operands.add(new Stage.Operand.Text(text));
    }
    return new Stage.LineFilter(match, operands, Span.NONE);
  }

  /** Runs all rows of the page, in batches. */
  static List<Row> run(Pipeline pipeline, EntryBatch page) {
    return run(pipeline, page, Selection.all(page.rowCount()));
  }

  static List<Row> run(Pipeline pipeline, EntryBatch page, Selection selection) {
    PipelineRun run = pipeline.newRun();
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < selection.count(); from += PipelineRun.BATCH_ROWS) {
      int to = Math.min(from + PipelineRun.BATCH_ROWS, selection.count());
      RowBatch batch = run.run(page, selection, from, to);
      for (int i = 0; i < batch.count(); i++) {
        int start = batch.lineStart(i);
        int length = batch.lineEnd(i) - start;
        rows.add(
            new Row(
                new String(batch.lineBytes(i), start, length, StandardCharsets.UTF_8),
                batch.labels(i).merged()));
      }
    }
    return rows;
  }

  /**
   * Runs stages over rows of the stream {@code {app="web"}}, without metadata.
   *
   * @param stages LogQL, from the first {@code |} on
   */
  static List<Row> run(String stages, String... lines) {
    return run(compile(stages), page(List.of(lines)));
  }

  static Pipeline compile(String stages) {
    LogExpr log = (LogExpr) LogqlParser.parse("{app=\"web\"} " + stages);
    return Pipeline.compile(log.stages(), LabelDemand.ALL, LIMITS);
  }

  /** What stages add to the labels of one line: as {@link #run}, without the stream's label. */
  static Labels added(String stages, String line) {
    List<Row> rows = run(stages, line);
    if (rows.size() != 1) {
      throw new AssertionError("rows=" + rows.size() + " of 1");
    }
    return Labels.of(rows.getFirst().labels.sorted().stream().filter(l -> !l.equals(APP)).toList());
  }

  private static final Label APP = new Label("app", "web");

  static List<String> lines(List<Row> rows) {
    return rows.stream().map(Row::line).toList();
  }
}
