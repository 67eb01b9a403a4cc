package dev.skald.logql.engine;

import static dev.skald.logql.engine.EngineFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.NastyLines;
import dev.skald.model.Direction;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.property.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether lines are taken apart changes no answer, nor what a query fails with. */
final class ShapedPagesTest {
  private static final List<String> QUERIES =
      List.of(
          "{app=~`.+`}",
          "{app=~`.+`} |= `error`",
          "{app=~`.+`} |~ `(?i)error|failed` != `10`",
          "{app=`a1`} |~ `[0-9]{2}` | json | __error__=``",
          "{app=~`.+`} | json | ms > 5",
          "{app=~`.+`} |= `a` | logfmt | level=`info`",
          "{app=~`.+`} | logfmt | drop __error__ | order by ms desc | head 7",
          "sum by (level) (count_over_time({app=~`.+`} | json | ms > 5 | __error__=`` [%ds]))",
          "sum by (level, app) (count_over_time({app=~`.+`} | json | __error__=`` [%ds]))",
          "sum by (a, b) (count_over_time({app=~`.+`} | json a=`a`, b=`level` | __error__=`` [%ds]))",
          "sum by (a_extracted, user) (rate({app=~`.+`} | logfmt [%ds]))",
          "sum by (app) (bytes_over_time({app=~`.+`} | logfmt | level != `x` [%ds]))",
          "bytes_rate({app=~`.+`} |= `1` [%ds])",
          "count_over_time({app=~`.+`} |~ `[a-z]=` [%ds])",
          "quantile_over_time(0.9, {app=~`.+`} | json | __error__=`` | unwrap ms | __error__=`` [%ds]) by (level)",
          "sum by (level) (sum_over_time({app=~`.+`} | logfmt | unwrap ms | __error__=`` [%ds]))",
          "avg_over_time({app=~`.+`} | json | unwrap ms [%ds]) by (app, a)",
          "first_over_time({app=~`.+`} | json | unwrap ms | __error__=`` [%ds]) by (level)",
          "sum by (z) (count_over_time({app=~`.+`} | json | label_format z=`{{.a}}{{.level}}` | __error__=`` [%ds]))",
          "topk(2, sum by (a) (count_over_time({app=~`.+`} | pattern `<a> <b>` [%ds])))",
          "sum by (level) (count_over_time({app=~`.+`} | json | line_format `{{.a}}` |= `1` | __error__=`` [%ds]))");

  @Test
  void shapesChangeNoAnswer() {
    ForAll.forAll(
        600,
        random -> {
          MemoryPages plain = MemoryPages.ofBatches(pages(random));
          String query = QUERIES.get(random.nextInt(QUERIES.size()));
          query = query.replace("%d", "" + (1 + random.nextInt(60)));
          boolean isLog = query.startsWith("{");
          long start = random.nextInt(50) * SECOND;
          QueryParams params =
              isLog
                  ? new QueryParams(
                      QueryParams.Kind.RANGE,
                      start,
                      start + (1 + random.nextInt(100)) * SECOND,
                      0,
                      random.nextInt(3) == 0 ? random.nextInt(9) * SECOND : 0,
                      1 + random.nextInt(60),
                      random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD)
                  : EngineFixture.range(
                      start,
                      start + random.nextInt(100) * SECOND,
                      (1 + random.nextInt(20)) * SECOND);
          assertEquals(
              answer(query, params, plain), answer(query, params, plain.shaped(random)), query);
        });
  }

  private static List<EntryBatch> pages(Random random) {
    List<EntryBatch> pages = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      EntryBatch page = new EntryBatch();
      int[] streams = {
        page.stream(Labels.of("app", "a1")), page.stream(Labels.of("app", "a2", "level", "stream"))
      };
      int metadata = page.metadataSet(Labels.of("user", "u" + random.nextInt(3)));
      long time = 0;
      for (byte[] line : NastyLines.random(random, random.nextInt(120))) {
        time += random.nextInt(2 * (int) (SECOND / 1000)) * 1000L;
        page.add(
            streams[random.nextInt(2)],
            time,
            line,
            0,
            line.length,
            random.nextInt(4) == 0 ? metadata : 0);
      }
      pages.add(page);
    }
    return pages;
  }

  private static Object answer(String query, QueryParams params, MemoryPages pages) {
    try {
      return EngineFixture.extended(query, params, pages);
    } catch (SkaldException e) {
      return e.kind(); // which of several bad samples is told of is chance
    }
  }
}
