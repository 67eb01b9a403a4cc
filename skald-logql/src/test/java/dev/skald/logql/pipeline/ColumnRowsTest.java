package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are read off columns are what running them gives, and most rows of well-formed lines are. */
final class ColumnRowsTest {
  private static final List<String> NAMES =
      List.of("app", "level", "path", "level_extracted", "user", "ms", "none");

  /** A sample: what it counts for, and the labels that were asked for. */
  private record Sample(int row, double value, List<String> labels) {}

  @Test
  void readWhatRunningGives() {
    long[] rowsRead = new long[2];
    ForAll.forAll(
        400,
        random -> {
          boolean isNasty = random.nextInt(4) == 0;
          EntryBatch plain = isNasty ? ShapedPipelineTest.page(random) : page(random);
          ShapedPage shaped = new ShapedPage(plain, new LineSplitter(random));
          Pipeline pipeline = pipeline(random);
          List<String> names = NAMES.stream().filter(_ -> random.nextInt(3) == 0).toList();
          Selection some = Selection.all(plain.rowCount());
          int part = 1 + random.nextInt(3);
          some.keep(row -> row % part == 0);
          List<Sample> expected = new ArrayList<>();
          PipelineRun plainRun = pipeline.newRun();
          for (int from = 0; from < some.count(); from += PipelineRun.BATCH_ROWS) {
            int to = Math.min(some.count(), from + PipelineRun.BATCH_ROWS);
            addRun(plainRun.run(plain, some, from, to), names, expected);
          }
          PipelineRun run = pipeline.newRun();
          ColumnRows columns = run.columnRows(names);
          assertNotNull(columns);
          long read = 0;
          for (int round = 0; round < 2; round++) {
            List<Sample> found = new ArrayList<>();
            read = read(run, columns, shaped, some, names, found);
            assertEquals(expected, found, names.toString());
          }
          if (!isNasty) {
            rowsRead[0] += read;
            rowsRead[1] += some.count();
          }
        });
    // of random splitters, many of which leave lines whole, or columns without dictionaries
    assertTrue(rowsRead[0] > rowsRead[1] / 8, "read " + rowsRead[0] + " of " + rowsRead[1]);
  }

  private static long read(
      PipelineRun run,
      ColumnRows columns,
      Page page,
      Selection rows,
      List<String> names,
      List<Sample> found) {
    assertEquals(PipelineRun.Searched.WHOLLY, run.prepare(page, rows));
    Map<Integer, List<String>> labels = new HashMap<>();
    long read = 0;
    int generation = columns.generation();
    for (int from = 0; from < rows.count(); ) {
      int end = columns.read(page, rows, from, Math.min(rows.count(), from + 100));
      if (generation != columns.generation()) {
        generation = columns.generation();
        labels.clear();
      }
      for (int i = from; i < end; i++) {
        int group = columns.group(i - from);
        if (group == ColumnRows.DROPPED) {
          continue;
        }
        if (!labels.containsKey(group)) {
          labels.put(group, labels(run.run(page, rows, i, i + 1).labels(0), names));
        }
        found.add(new Sample(rows.row(i), columns.value(i - from), labels.get(group)));
      }
      read += end - from;
      if (end == from) {
        end = Math.min(rows.count(), from + 2);
        addRun(run.run(page, rows, from, end), names, found);
      }
      from = end;
    }
    return read;
  }

  private static void addRun(RowBatch batch, List<String> names, List<Sample> out) {
    for (int i = 0; i < batch.count(); i++) {
      out.add(new Sample(batch.pageRow(i), batch.value(i), labels(batch.labels(i), names)));
    }
  }

  /** An error is shown, too: none of the rows read may have one. */
  private static List<String> labels(RowLabels labels, List<String> names) {
    List<String> values = new ArrayList<>();
    values.add(labels.get(NameTable.ERROR_NAME));
    names.forEach(name -> values.add(labels.get(name)));
    return values;
  }

  private static Pipeline pipeline(Random random) {
    String parser = List.of("json", "json", "logfmt").get(random.nextInt(3));
    LabelDemand demand = random.nextBoolean() ? LabelDemand.ALL : LabelDemand.only(NAMES);
    return pipeline("| " + parser, random.nextInt(3) == 0 ? null : "ms", demand);
  }

  private static Pipeline pipeline(String stages, @Nullable String unwrap, LabelDemand demand) {
    if (unwrap == null) {
      LogExpr log = (LogExpr) LogqlParser.parse("{app=\"web\"}" + stages);
      return Pipeline.compile(log.stages(), demand, Rows.LIMITS);
    }
    MetricExpr.RangeAggregation metric =
        (MetricExpr.RangeAggregation)
            LogqlParser.parse(
                "sum_over_time({app=\"web\"}" + stages + " | unwrap " + unwrap + " [1m])");
    MetricExpr.Unwrap parsed = metric.range().unwrap();
    return Pipeline.compile(
        metric.range().log().stages(),
        parsed == null ? null : new Unwrapping(parsed, Unwrapping.Label.KEPT),
        demand,
        Rows.LIMITS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| json | ms > 5",
        "| json | drop level",
        "| regexp `(?P<ms>.)`",
        "| json ms=`ms`",
        "| label_format a=b"
      })
  void areNotForOtherStages(String stages) {
    assertNull(pipeline(stages, null, LabelDemand.ALL).newRun().columnRows(List.of("level")));
  }

  @Test
  void areNotForConvertedNumbersNorForErrors() {
    PipelineRun converting = pipeline("| json", "bytes(ms)", LabelDemand.ALL).newRun();
    assertNull(converting.columnRows(List.of("level")));
    PipelineRun plain = pipeline("| json", "ms", LabelDemand.ALL).newRun();
    assertNull(plain.columnRows(List.of("__error__")));
  }

  private static EntryBatch page(Random random) {
    EntryBatch page = new EntryBatch();
    int[] streams = {
      page.stream(Labels.of("app", "web")), page.stream(Labels.of("app", "web", "level", "x"))
    };
    int[] metadata = {0, page.metadataSet(Labels.of("user", "u", "path", "meta"))};
    int kinds = 1 + random.nextInt(2);
    int rowCount = random.nextInt(600);
    int levels = 1 + random.nextInt(5);
    int odd = random.nextInt(3) == 0 ? 20 : 1000;
    for (int row = 0; row < rowCount; row++) {
      String level = "l" + random.nextInt(levels);
      String path = "/p/" + (random.nextInt(odd) == 0 ? "\\u00e4" : random.nextInt(8));
      String ms = random.nextInt(odd) == 0 ? "null" : "" + random.nextInt(300) / 4.0;
      String line =
          switch (random.nextInt(odd) == 0 ? 3 : random.nextInt(3)) {
            case 0 -> "{\"level\":\"%s\",\"path\":\"%s\",\"ms\":%s}".formatted(level, path, ms);
            case 1 -> "{\"ms\":%s,\"path\":\"%s\",\"level\":\"%s\"}".formatted(ms, path, level);
            case 2 -> "{\"path\":\"%s\",\"n\":%s}".formatted(path, ms);
            default -> "level=" + level + " ms=" + ms + " path=\"" + path + "\"";
          };
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      int kind = random.nextInt(kinds);
      page.add(streams[kind], row, bytes, 0, bytes.length, metadata[random.nextInt(kinds)]);
    }
    return page;
  }
}
