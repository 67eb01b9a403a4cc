package dev.skald.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark, with each of its parameters, runs once on little data and gets it right. */
final class BenchmarksRunTest {
  private static final int LINE_BYTES = 100_000;

  /** A call of a benchmark, which JMH knows by {@code name}. */
  private record Call(String name, Object parameter, Executable check) {}

  private static List<Call> calls() {
    return Stream.of(
            literals(), scans(), appends(), pushes(), segments(), columns(), regexes(), stages())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> findsWhatIsThere() {
    return calls().stream()
        .map(call -> DynamicTest.dynamicTest(call.name + " " + call.parameter, call.check));
  }

  @Test
  void everyBenchmarkIsCalled() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    OutputFormat silent = OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT);
    Set<String> known =
        BenchmarkList.defaultList().getAll(silent, List.of()).stream()
            .map(BenchmarkListEntry::getUsername)
            .map(name -> name.substring(BenchmarksRunTest.class.getPackageName().length() + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> called =
        calls().stream().map(Call::name).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, called);
  }

  private static int rowCount(SampleLines lines, int lineBytes) {
    return lines.make(lineBytes).size();
  }

  private static List<String> parameters(Class<?> benchmark, String field) {
    try {
      return List.of(benchmark.getDeclaredField(field).getAnnotation(Param.class).value());
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Call> literals() {
    List<Call> calls = new ArrayList<>();
    for (String needle : parameters(LiteralFinderBenchmark.class, "needle")) {
      LiteralFinderBenchmark benchmark = new LiteralFinderBenchmark();
      benchmark.needle = needle;
      calls.add(
          new Call(
              "LiteralFinderBenchmark.find",
              needle,
              () -> {
                benchmark.open(LINE_BYTES);
                assertEquals(-1, benchmark.find());
              }));
    }
    return calls;
  }

  private static List<Call> scans() {
    int rows = rowCount(SampleLines.JSON, LINE_BYTES);
    int bytes = SampleLines.JSON.make(LINE_BYTES).stream().mapToInt(line -> line.length).sum();
    return List.of(
        scan("countRows", rows, PageScanBenchmark::countRows),
        scan("readLines", bytes, PageScanBenchmark::readLines),
        scan("absentLiteral", 0, PageScanBenchmark::absentLiteral));
  }

  private static Call scan(String method, int expected, ToIntFunction<PageScanBenchmark> scan) {
    return new Call(
        "PageScanBenchmark." + method,
        "",
        () -> {
          PageScanBenchmark benchmark = new PageScanBenchmark();
          try {
            benchmark.open(LINE_BYTES);
            assertEquals(expected, scan.applyAsInt(benchmark));
          } finally {
            benchmark.close();
          }
        });
  }

  private static List<Call> appends() {
    List<Call> calls = new ArrayList<>();
    int rows = rowCount(SampleLines.JSON, MegabyteBenchmark.MB);
    for (String kilobytes : parameters(WalAppendBenchmark.class, "batchKilobytes")) {
      WalAppendBenchmark benchmark = new WalAppendBenchmark();
      benchmark.batchKilobytes = Integer.parseInt(kilobytes);
      Executable alone = () -> assertEquals(rows, benchmark.alone());
      Executable grouped = () -> assertEquals(rows, benchmark.grouped());
      calls.add(append("alone", benchmark, alone));
      calls.add(append("grouped", benchmark, grouped));
    }
    return calls;
  }

  private static Call append(String method, WalAppendBenchmark benchmark, Executable check) {
    return new Call(
        "WalAppendBenchmark." + method,
        benchmark.batchKilobytes,
        () -> {
          benchmark.open();
          try {
            check.execute();
            benchmark.truncate();
          } finally {
            benchmark.close();
          }
        });
  }

  private static List<Call> pushes() {
    List<Call> calls = new ArrayList<>();
    List<byte[]> lines = SampleLines.JSON.make(MegabyteBenchmark.MB);
    for (PushBody format : PushBody.values()) {
      PushDecodeBenchmark benchmark = new PushDecodeBenchmark();
      benchmark.format = format;
      long bytes = lines.stream().mapToLong(line -> line.length).sum();
      Executable decode =
          () -> {
            benchmark.open();
            assertEquals(bytes, benchmark.decode());
          };
      Executable ingest =
          () -> {
            benchmark.open();
            assertEquals(lines.size(), benchmark.ingest());
          };
      calls.add(new Call("PushDecodeBenchmark.decode", format, decode));
      calls.add(new Call("PushDecodeBenchmark.ingest", format, ingest));
    }
    return calls;
  }

  private static List<Call> segments() {
    List<Call> calls = new ArrayList<>();
    for (String lines : parameters(SegmentWriteBenchmark.class, "lines")) {
      SegmentWriteBenchmark benchmark = new SegmentWriteBenchmark();
      benchmark.lines = SampleLines.valueOf(lines);
      Executable check =
          () -> {
            benchmark.open(LINE_BYTES);
            long sizeBytes = benchmark.write();
            benchmark.close();
            assertTrue(sizeBytes > LINE_BYTES / 100 && sizeBytes < LINE_BYTES / 2, "" + sizeBytes);
          };
      calls.add(new Call("SegmentWriteBenchmark.write", lines, check));
    }
    Executable merges =
        () -> {
          SegmentMergeBenchmark benchmark = new SegmentMergeBenchmark();
          benchmark.open(LINE_BYTES);
          long sizeBytes = benchmark.merge();
          long bytesIn = benchmark.bytesIn();
          benchmark.close();
          assertTrue(sizeBytes > bytesIn / 2 && sizeBytes < bytesIn, sizeBytes + " of " + bytesIn);
        };
    calls.add(new Call("SegmentMergeBenchmark.merge", "", merges));
    return calls;
  }

  private static List<Call> columns() {
    List<Call> calls = new ArrayList<>();
    for (SampleColumn column : SampleColumn.values()) {
      ColumnBenchmark benchmark = new ColumnBenchmark();
      benchmark.column = column;
      int bytes = column.make(LINE_BYTES).bytes().length;
      Executable encode =
          () -> {
            benchmark.open(LINE_BYTES);
            int bodyBytes = benchmark.encode();
            assertTrue(bodyBytes > 0 && bodyBytes < bytes, bodyBytes + " of " + bytes);
          };
      Executable read =
          () -> {
            benchmark.open(LINE_BYTES);
            assertEquals(bytes, benchmark.read());
          };
      Executable find =
          () -> {
            benchmark.open(LINE_BYTES);
            assertEquals(0, benchmark.find());
          };
      calls.add(new Call("ColumnBenchmark.encode", column, encode));
      calls.add(new Call("ColumnBenchmark.read", column, read));
      calls.add(new Call("ColumnBenchmark.find", column, find));
    }
    return calls;
  }

  private static List<Call> regexes() {
    List<Call> calls = new ArrayList<>();
    for (String expression : parameters(RegexFilterBenchmark.class, "expression")) {
      RegexFilterBenchmark benchmark = new RegexFilterBenchmark();
      benchmark.expression = expression;
      Executable re2j =
          () -> {
            benchmark.open(LINE_BYTES);
            assertTrue(benchmark.re2j() > 0, "nothing to find");
          };
      Executable filter =
          () -> {
            benchmark.open(LINE_BYTES);
            assertEquals(benchmark.re2j(), benchmark.filter());
          };
      Executable filterPage =
          () -> {
            benchmark.open(LINE_BYTES);
            assertEquals(benchmark.re2j(), benchmark.filterPage());
          };
      calls.add(new Call("RegexFilterBenchmark.re2j", expression, re2j));
      calls.add(new Call("RegexFilterBenchmark.filter", expression, filter));
      calls.add(new Call("RegexFilterBenchmark.filterPage", expression, filterPage));
    }
    return calls;
  }

  private static List<Call> stages() {
    List<Call> calls = new ArrayList<>();
    for (StageSample stage : StageSample.values()) {
      calls.add(new Call("StageBenchmark.run", stage, () -> assertStageRuns(stage)));
    }
    return calls;
  }

  /** Parsers and formats keep every row and find no fault; filters keep some rows, or none. */
  private static void assertStageRuns(StageSample stage) {
    StageBenchmark benchmark = new StageBenchmark();
    benchmark.stage = stage;
    benchmark.open(LINE_BYTES);
    int left = benchmark.run();
    int rows = benchmark.rowCount();
    switch (stage) {
      case JSON_ONE_LABEL,
          JSON_ALL,
          JSON_PATH,
          LOGFMT_ONE_LABEL,
          LOGFMT_ALL,
          PATTERN,
          REGEXP,
          UNPACK,
          LABEL_FORMAT,
          LINE_FORMAT,
          DECOLORIZE -> {
        assertEquals(rows, left);
        benchmark.compile("| __error__=``");
        assertEquals(rows, benchmark.run(), "rows without fault");
      }
      case LABEL_FILTER, LINE_CONTAINS, LINE_REGEX, LINE_PATTERN, LINE_IP ->
          assertTrue(left > 0 && left < rows, left + " of " + rows);
      case LINE_CONTAINS_ABSENT -> assertEquals(0, left);
    }
  }
}
