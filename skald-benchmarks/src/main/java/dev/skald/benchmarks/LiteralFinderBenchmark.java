package dev.skald.benchmarks;

import dev.skald.grep.LiteralFinder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pass over some 4 MiB of application log for a string that is not there: operations a second times 4 MiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
public class LiteralFinderBenchmark {
  @Param({"zzqqxx", "timeouts", "0000000000"})
  private String needle = "";

  private byte[] haystack = new byte[0];
  private LiteralFinder finder = new LiteralFinder(new byte[0]);

  @Setup
  public void fill() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] line : SampleLines.json(18_000, 7)) {
      all.writeBytes(line);
    }
    haystack = all.toByteArray();
    finder = new LiteralFinder(needle.getBytes(StandardCharsets.UTF_8));
  }

  @Benchmark
  public int find() {
    return finder.find(haystack, 0, haystack.length);
  }
}
