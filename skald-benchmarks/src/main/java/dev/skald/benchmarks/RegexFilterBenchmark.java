package dev.skald.benchmarks;

import com.google.re2j.Pattern;
import dev.skald.grep.RegexFilter;
import dev.skald.logql.pipeline.PipelineRun;
import dev.skald.model.EntryBatch;
import dev.skald.model.Selection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Which logfmt lines match an expression: RE2/J, our filter, and our line filter over a page. */
@Warmup(iterations = 4, time = 1) // vector code is slow until it is compiled
public class RegexFilterBenchmark extends MegabyteBenchmark {
  static final int MEGABYTES = 4;

  @Param({
    "(?i)error|exception|failed",
    "status=[45]\\d\\d",
    "timeout.*(db|cache)",
    "\\berr\\b",
    "user-\\d+"
  })
  String expression = "user-\\d+";

  private List<byte[]> lines = List.of();
  private EntryBatch page = new EntryBatch();
  private Selection rows = Selection.empty();
  private Pattern pattern = Pattern.compile("");
  private RegexFilter filter = RegexFilter.compile("", RegexFilter.Anchor.NONE);
  private PipelineRun lineFilter = Queries.compile("").newRun();

  @Setup
  public void open() {
    open(MEGABYTES * MB);
  }

  void open(int lineBytes) {
    lines = SampleLines.LOGFMT.make(lineBytes);
    page = SampleBatch.of(lines);
    rows = Selection.all(page.rowCount());
    pattern = Pattern.compile(expression);
    filter = RegexFilter.compile(expression, RegexFilter.Anchor.NONE);
    lineFilter = Queries.compile("|~ `" + expression + "`").newRun();
  }

  /** RE2/J, line by line; it reads text, so each line is made one. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int re2j() {
    int matches = 0;
    for (byte[] line : lines) {
      matches += pattern.matcher(new String(line, StandardCharsets.UTF_8)).find() ? 1 : 0;
    }
    return matches;
  }

  /** Our filter, line by line. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int filter() {
    int matches = 0;
    for (byte[] line : lines) {
      matches += filter.matches(line, 0, line.length) ? 1 : 0;
    }
    return matches;
  }

  /** The line filter {@code |~} over the page, as a query runs it. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int filterPage() {
    Selection selected = rows.slice(0, rows.count());
    lineFilter.filter(page, selected);
    return selected.count();
  }
}
