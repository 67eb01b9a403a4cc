package dev.skald.benchmarks;

import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.model.Needle;
import dev.skald.model.Needle.LetterCase;
import dev.skald.model.Needle.Place;
import dev.skald.model.SlotColumn;
import dev.skald.storage.column.ColumnEncoder;
import dev.skald.storage.column.ColumnHead;
import dev.skald.storage.column.ValueSlices;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A slot's values are encoded, read and searched. An operation is one MB of values. */
@Warmup(iterations = 4, time = 1) // vector code is slow until it is compiled
public class ColumnBenchmark extends MegabyteBenchmark {
  static final int MEGABYTES = 4;

  @Param({"LEVEL", "USER", "LATENCY", "TIME", "TRACE", "WORDS"})
  SampleColumn column = SampleColumn.TRACE;

  private final ZstdContexts zstd = new ZstdContexts();
  private final ColumnEncoder encoder = new ColumnEncoder(zstd);
  private final ByteWriter body = new ByteWriter(MB);
  private ValueSlices values = new ValueSlices();
  private ColumnHead head = encoder.encode(values, body);
  private byte[] bytes = new byte[0];
  private byte[] target = new byte[0];
  private SlotColumn opened = head.open(0, bytes, 0);

  @Setup
  public void open() {
    open(MEGABYTES * MB);
  }

  void open(int valueBytes) {
    values = column.make(valueBytes);
    body.clear();
    head = encoder.encode(values, body);
    bytes = body.toByteArray();
    opened = head.open(values.count(), bytes, 0);
    target = new byte[values.bytes().length];
  }

  @TearDown
  public void close() {
    zstd.close();
  }

  /** The body's size in bytes. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int encode() {
    body.clear();
    return encoder.encode(values, body).bodyBytes();
  }

  /** Opens the body and writes all values; bytes of them. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int read() {
    SlotColumn fresh = head.open(values.count(), bytes, 0);
    int at = 0;
    for (int i = 0; i < fresh.count(); i++) {
      at = fresh.copy(i, target, at);
    }
    return at;
  }

  /** Looks in the open column for ten digits that are in no value; how many there are. */
  @Benchmark
  @OperationsPerInvocation(MEGABYTES)
  public int find() {
    byte[] needle = "7103091400".getBytes(StandardCharsets.US_ASCII);
    BitSet found = new BitSet();
    opened.find(new Needle(Place.ANYWHERE, LetterCase.EXACT, needle), found);
    return found.cardinality();
  }
}
