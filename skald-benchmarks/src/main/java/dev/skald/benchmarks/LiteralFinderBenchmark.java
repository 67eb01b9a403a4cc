package dev.skald.benchmarks;

import dev.skald.grep.LiteralFinder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** One pass over application log for a string that is not there. */
@Warmup(iterations = 4, time = 1) // vector code is slow until it is compiled
public class LiteralFinderBenchmark extends MegabyteBenchmark {
  static final int MEGABYTES = 4;

  @Param({"zzqqxx", "timeouts", "0000000000"})
  String needle = "zzqqxx";

  private byte[] haystack = new byte[0];
  private LiteralFinder finder = new LiteralFinder(new byte[0]);

  @Setup
  public void open() {
    open(MEGABYTES * MB);
  }

  void open(int lineBytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] line : SampleLines.JSON.make(lineBytes)) {
      all.writeBytes(line);
    }
    haystack = all.toByteArray();
    finder = new LiteralFinder(needle.getBytes(StandardCharsets.UTF_8));
  }

  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int find() {
    return finder.find(haystack, 0, haystack.length);
  }
}
