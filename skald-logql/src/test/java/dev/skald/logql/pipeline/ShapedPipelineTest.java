package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.LogqlParser;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Page;
import dev.skald.model.Selection;
import dev.skald.property.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever stages make of lines, they make the same of lines that are taken apart. */
final class ShapedPipelineTest {
  private static final List<String> FILTERS =
      List.of(
          "|= `error`",
          "!= `1`",
          "|= `a` or `x`",
          "!= `a` or `ms`",
          "|~ `(?i)ERROR|failed`",
          "|~ `(?i)status`",
          "|~ `.*info.*`",
          "!~ `er+or`",
          "|~ `user-\\\\d+`",
          "|~ `\\\\d\\\\d`",
          "|~ `^.`",
          "|> `<_>a<_>`",
          "!> `<_>10<_>`",
          "|= ip(`10.0.0.0/8`)",
          "|~ `a.*b`",
          "|~ `(?i)kelvin`",
          "|= ``",
          "!= ``",
          "|~ `\uFFFD`",
          "|= `10` |~ `x|y`",
          "|~ `x|y` != `null`",
          "|= `e` or ip(`1.2.3.4`)",
          "!~ `(?i)(GET|from)\\\\s`");

  private static final List<String> PARSERS =
      List.of(
          "| json",
          "| json",
          "| json a=`a`, ms=`ms`",
          "| json b=`a.b`, c=`a[0]`, a=`b`, d=`[\"a.b\"]`",
          "| json app=`app`, x=`level`",
          "| logfmt",
          "| logfmt --strict",
          "| logfmt --keep-empty",
          "| logfmt a, ms=`ms`",
          "| logfmt --strict app, b=`a`",
          "| pattern `<a> <b>`",
          "| pattern `<a>=<b> <_>`",
          "| pattern `<_>\"<a>\"<_>`",
          "| pattern `<a> - <b> <app>`",
          "| pattern `{<_>:<a>,<b>`",
          "| pattern `<_> - - <_> \"<_> <_> <_>\" <a> <_>`",
          "| pattern `<a> - - [<b>] \"<_>\" <ms>`",
          "| pattern `<_>/<_>/<a> \"<b>`",
          "| pattern `<_>abc<a>`",
          "| pattern `<a>\"<_> <b> <_>\" <_>`",
          "| regexp `(?P<a>\\\\d+)`",
          "| unpack");

  private static final List<String> OTHERS =
      List.of(
          "| a > 1",
          "| ms >= 10",
          "| ms < 1s",
          "| b != `x`",
          "| level =~ `info|er.*`",
          "| a = `10` or ms > 0",
          "| a_b > 5KB",
          "| a = ip(`1.2.3.4`)",
          "| __error__ = ``",
          "| drop a",
          "| keep a, b, level",
          "| drop level=`info`",
          "| label_format z=a",
          "| label_format z=`{{.a}}-{{.ms}}`",
          "| line_format `{{.a}}`",
          "| line_format `{{.b}} {{__line__}}`",
          "| decolorize",
          "| ms == 10",
          "| ms != 250",
          "| user = ``",
          "| app_extracted =~ `.+`");

  /** A row after a pipeline, as bytes: nothing that differs may look the same. */
  private record Row(
      int row,
      String line,
      int length,
      Labels stream,
      Labels metadata,
      Labels parsed,
      long value) {}

  @Test
  void shapesGiveWhatLinesGive() {
    ForAll.forAll(
        Integer.getInteger("skald.rounds", 1_000),
        random -> {
          EntryBatch plain = page(random);
          ShapedPage shaped = new ShapedPage(plain, new LineSplitter(random));
          String stages = stages(random);
          Pipeline pipeline = pipeline(stages, random);
          Selection some = Selection.all(plain.rowCount());
          if (random.nextBoolean()) {
            int part = 1 + random.nextInt(20);
            some.keep(row -> row % part == 0);
          }
          boolean readsLines = random.nextBoolean();
          List<Row> expected = run(pipeline.newRun(), plain, some, 0, readsLines);
          PipelineRun run = pipeline.newRun();
          int way = random.nextInt(3);
          assertEquals(expected, run(run, shaped, some, way, readsLines), stages);
          assertEquals(expected, run(run, shaped, some, way, readsLines), "again " + stages);
        });
  }

  static EntryBatch page(Random random) {
    EntryBatch page = new EntryBatch();
    int[] streams = {
      page.stream(Labels.of("app", "web")),
      page.stream(Labels.of("app", "web", "level", "x", "a", "1")),
      page.stream(Labels.of("b", "10"))
    };
    int[] metadata = {
      0,
      0,
      page.metadataSet(Labels.of("user", "u")),
      page.metadataSet(Labels.of("a", "meta", "ms", "7"))
    };
    int kinds = 1 + random.nextInt(3);
    List<byte[]> lines =
        NastyLines.random(random, random.nextInt(40) == 0 ? 1500 : random.nextInt(100));
    long time = 0;
    for (byte[] line : lines) {
      time += random.nextInt(3);
      page.add(
          streams[random.nextInt(kinds)],
          time,
          line,
          0,
          line.length,
          metadata[random.nextInt(kinds + 1)]);
    }
    return page;
  }

  private static String stages(Random random) {
    StringBuilder stages = new StringBuilder();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      List<String> from =
          switch (random.nextInt(4)) {
            case 0 -> FILTERS;
            case 1, 2 -> i == 0 || random.nextInt(3) == 0 ? PARSERS : OTHERS;
            default -> OTHERS;
          };
      String stage = from.get(random.nextInt(from.size())).replace("\\\\", "\\");
      // A line filter right behind a name would be read as a matcher of that label.
      boolean endsInName = stage.startsWith("| drop") || stage.startsWith("| keep");
      stages.append(' ').append(stage).append(endsInName ? " | label_format none=none" : "");
    }
    return stages.toString();
  }

  private static Pipeline pipeline(String stages, Random random) {
    LabelDemand demand =
        switch (random.nextInt(4)) {
          case 0 -> LabelDemand.only(Set.of("a"));
          case 1 -> LabelDemand.only(Set.of("level", "ms", "a_b"));
          case 2 -> LabelDemand.only(Set.of("b", "__error__", "app_extracted"));
          default -> LabelDemand.ALL;
        };
    LogExpr log = (LogExpr) LogqlParser.parse("{app=\"web\"}" + stages);
    String unwrap =
        switch (random.nextInt(6)) {
          case 0 -> "ms";
          case 1 -> "bytes(ms)";
          case 2 -> "duration(a)";
          case 3 -> "a";
          default -> "";
        };
    if (unwrap.isEmpty()) {
      return Pipeline.compile(log.stages(), demand, Rows.LIMITS);
    }
    MetricExpr.RangeAggregation metric =
        (MetricExpr.RangeAggregation)
            LogqlParser.parse(
                "sum_over_time({app=\"web\"}" + stages + " | unwrap " + unwrap + " [1m])");
    MetricExpr.Unwrap parsed = metric.range().unwrap();
    Unwrapping.Label label =
        random.nextBoolean() ? Unwrapping.Label.KEPT : Unwrapping.Label.REMOVED;
    return Pipeline.compile(
        log.stages(), parsed == null ? null : new Unwrapping(parsed, label), demand, Rows.LIMITS);
  }

  private static List<Row> run(
      PipelineRun run, Page page, Selection all, int way, boolean readsLines) {
    Selection selection = all.slice(0, all.count());
    if (way == 1) {
      run.prepare(page, selection);
    } else if (way == 2) {
      try {
        run.filter(page, selection);
      } catch (IllegalStateException e) {
        run.prepare(page, selection); // stages besides filters
      }
    } else {
      run.prepare(new EntryBatch(), Selection.empty()); // of another page
    }
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < selection.count(); from += PipelineRun.BATCH_ROWS) {
      int to = Math.min(from + PipelineRun.BATCH_ROWS, selection.count());
      RowBatch batch = run.run(page, selection, from, to);
      for (int i = 0; i < batch.count(); i++) {
        int length = batch.lineLength(i);
        String line = "";
        if (readsLines) {
          int start = batch.lineStart(i);
          line =
              new String(
                  batch.lineBytes(i), start, batch.lineEnd(i) - start, StandardCharsets.ISO_8859_1);
        }
        RowLabels labels = batch.labels(i);
        rows.add(
            new Row(
                batch.pageRow(i),
                line,
                length,
                labels.stream(),
                labels.structuredMetadata(),
                labels.parsed(),
                Double.doubleToRawLongBits(batch.value(i))));
      }
    }
    return rows;
  }
}
