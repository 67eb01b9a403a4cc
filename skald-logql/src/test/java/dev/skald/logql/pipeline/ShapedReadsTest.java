package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.model.EntryBatch;
import dev.skald.model.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stages read what they need of lines that are taken apart, and no more. */
final class ShapedReadsTest {
  private static final int ROWS = 3000;

  private static final String LINE =
      "{'level':'%s','ms':%d,'msg':'req-%d done','tags':[1,%d],"
          + "'inner':{'id':%d,'user':'u%d'}}";

  /**
   * @param columns read for their values, of six
   * @param lines rebuilt
   * @param left rows that pass
   */
  record Case(String stages, Set<String> demand, int columns, int lines, int left) {}

  static List<Case> cases() {
    return List.of(
        new Case("| json", Set.of(), 0, 0, ROWS),
        new Case("| json", Set.of("level"), 0, 0, ROWS), // read when the caller asks
        new Case("| json | ms >= 1500", Set.of("level"), 1, 0, ROWS / 2),
        new Case("| json | level = `info` | ms >= 0", Set.of(), 2, 0, ROWS / 2),
        new Case("| json | level =~ `in.*`", Set.of("ms"), 1, 0, ROWS / 2),
        new Case("| json x=`level` | x = `info`", Set.of("x"), 1, 0, ROWS / 2),
        new Case("| json | inner_id > 10", Set.of(), 1, 0, ROWS - 11),
        new Case("| json | nothing = `x`", Set.of(), 0, 0, 0),
        new Case(
            "| json | level = `info` | regexp `(?P<y>req)`", Set.of("y"), 1, ROWS / 2, ROWS / 2),
        new Case("|= `req-17`", Set.of(), 0, 0, 111),
        new Case("|~ `req-17.*e`", Set.of(), 0, 111, 111),
        new Case("|~ `(?i)REQ-17` != `info`", Set.of(), 0, 0, 56));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatItNeeds(Case one) {
    LogExpr log = (LogExpr) LogqlParser.parse("{app=\"web\"} " + one.stages);
    PipelineRun run =
        Pipeline.compile(log.stages(), LabelDemand.only(one.demand), Rows.LIMITS).newRun();
    ShapedPage page = page();
    Selection rows = Selection.all(ROWS);
    run.prepare(page, rows);
    int left = 0;
    for (int from = 0; from < rows.count(); from += PipelineRun.BATCH_ROWS) {
      int to = Math.min(from + PipelineRun.BATCH_ROWS, rows.count());
      left += run.run(page, rows, from, to).count();
    }
    assertEquals(one.left, left, "rows");
    assertEquals(one.columns, page.columnsRead(), "columns");
    assertEquals(one.lines, page.linesRead(), "lines");
  }

  /** The blanks of a request are in a slot, and so is what stands between them. */
  @Test
  void patternReadsQuotedSlotsOnly() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      lines.add(
          "10.0.0.%d - - [17/May/2015] \"GET /a%d HTTP/1.1\" %d 17 \"-\""
              .formatted(i % 256, i, 200 + i % 3));
    }
    lines.set(7, lines.get(7).replace("HTTP/1.1", ""));
    lines.set(9, lines.get(9).replace("GET /a9 HTTP/1.1", "-"));
    ShapedPage page = page(lines, 6);
    LogExpr log =
        (LogExpr)
            LogqlParser.parse(
                "{app=\"web\"} | pattern `<_> - - <_> \"<_> <_> <_>\" <status> <_>` | status=`200`");
    Pipeline pipeline =
        Pipeline.compile(log.stages(), LabelDemand.only(Set.of("status")), Rows.LIMITS);
    PipelineRun run = pipeline.newRun();
    int left = 0;
    for (int from = 0; from < ROWS; from += 1000) {
      left += run.run(page, Selection.all(ROWS), from, from + 1000).count();
    }
    assertEquals(ROWS / 3 - 1, left, "rows");
    assertEquals(1, page.linesRead(), "lines");
  }

  private static ShapedPage page() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      lines.add(LINE.formatted(i % 2 == 0 ? "info" : "warn", i, i, i, i, i).replace('\'', '"'));
    }
    return page(lines, 6);
  }

  private static ShapedPage page(List<String> lines, int columns) {
    EntryBatch batch = Rows.page(lines);
    // A seed whose splitter takes lines apart so far.
    for (long seed = 1; seed < 1000; seed++) {
      ShapedPage page = new ShapedPage(batch, new LineSplitter(new Random(seed)));
      if (page.shaped().shapeCount() == 1 && page.shaped().columnCount() == columns) {
        return page;
      }
    }
    throw new AssertionError("no way to take lines apart gives columns=" + columns);
  }
}
