package dev.skald.benchmarks;

import dev.skald.clock.SystemClock;
import dev.skald.ingest.IngestConfig;
import dev.skald.ingest.IngestLimits;
import dev.skald.ingest.IngestLimits.RateLimits;
import dev.skald.ingest.IngestMetrics;
import dev.skald.ingest.Ingester;
import dev.skald.ingest.PushOutcome;
import dev.skald.model.Label;
import dev.skald.protocol.push.MetadataPairs;
import dev.skald.protocol.push.PushDecoder;
import dev.skald.protocol.push.PushSink;
import dev.skald.protocol.wire.BodyLimits;
import dev.skald.protocol.wire.BufferPool;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A push of one MB of JSON lines in sixteen streams, as it came in. */
public class PushDecodeBenchmark extends MegabyteBenchmark {
  /** No push is slowed down or refused. */
  private static final IngestLimits LIMITS =
      IngestLimits.DEFAULTS.with(new RateLimits(1e9, 1e9, Long.MAX_VALUE, Long.MAX_VALUE, true));

  private static final int NO_CONTENT = 204;

  @Param PushBody format = PushBody.PROTOBUF;

  private byte[] body = new byte[0];
  private final PushDecoder decoder =
      new PushDecoder(BodyLimits.DEFAULTS, new BufferPool(1, 128L * MB));
  private final ForgetfulStore store = new ForgetfulStore();
  private final Ingester ingester =
      new Ingester(
          () -> SampleBatch.START_EPOCH_NANOS,
          new SystemClock(),
          () -> 42,
          IngestMetrics.NONE,
          store,
          tenant -> LIMITS,
          IngestConfig.DEFAULTS);

  @Setup
  public void open() {
    body = format.of(SampleBatch.of(SampleLines.JSON.make(MB)));
  }

  /** The wire format alone: every entry is seen and dropped. */
  @Benchmark
  public long decode() {
    ByteCount count = new ByteCount();
    decoder.decode(format.request(body), count);
    return count.lineBytes;
  }

  /** Checks, limits, levels and columns too: all of a push but the store. */
  @Benchmark
  public long ingest() {
    PushOutcome outcome = ingester.push(SampleBatch.TENANT, format.request(body));
    if (outcome.status() != NO_CONTENT) {
      throw new IllegalStateException(outcome.message());
    }
    return store.rows();
  }

  /** Looks at the length of each line. */
  private static final class ByteCount implements PushSink {
    private long lineBytes;

    @Override
    public void expect(int decodedBytes) {}

    @Override
    public void stream(byte[] bytes, int start, int end) {}

    @Override
    public void stream(List<Label> labels) {}

    @Override
    public void entry(
        long timestampEpochNanos, byte[] bytes, int start, int end, MetadataPairs metadata) {
      lineBytes += end - start;
    }
  }
}
