package dev.skald.query.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.model.Labels;
import dev.skald.model.ResultEntry;
import dev.skald.protocol.query.TailFormat;
import dev.skald.protocol.query.TailWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TailClientTest {
  private static final Labels WEB = Labels.of("app", "web");
  private static final TailFormat FORMAT = new TailFormat(TailFormat.Shape.V1, List.of());

  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);
  private final AtomicLong waitingBytes = new AtomicLong();
  private final TailWriter writer = new TailWriter(FORMAT);
  private final List<String> frames = new ArrayList<>();

  /** Keeps frames; time goes on with each, and the client is gone after some. */
  private final class Target implements TailTarget {
    private final int framesMax;

    Target(int framesMax) {
      this.framesMax = framesMax;
    }

    @Override
    public void send(byte[] frame) {
      frames.add(new String(frame, StandardCharsets.UTF_8));
    }

    @Override
    public void ping() {}

    @Override
    public boolean isClosed() {
      return frames.size() >= framesMax;
    }
  }

  private TailClient client(int framesMax, int entriesMax, long bytesMax) {
    return new TailClient(
        now::get,
        writer,
        new Target(framesMax),
        0,
        new TailLimits(0, entriesMax, bytesMax, 0),
        waitingBytes);
  }

  private TailEntry entry(long timestamp, long sequence) {
    ResultEntry entry = new ResultEntry(timestamp, "line " + timestamp, Labels.EMPTY, Labels.EMPTY);
    return new TailEntry(timestamp, sequence, now.get(), WEB, writer.element(WEB, entry));
  }

  private List<TailEntry> entries(int from, int to) {
    List<TailEntry> entries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      entries.add(entry(i, 1));
    }
    return entries;
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  @Test
  void framesHoldAHundredEntries() throws Exception {
    TailClient client = client(3, 1000, 1 << 20);
    client.offer(entries(0, 250), List.of());
    client.sendLive(Long.MAX_VALUE);
    assertEquals(List.of(100, 100, 50), frames.stream().map(f -> count(f, "\"line ")).toList());
    assertEquals(0, waitingBytes.get());
  }

  @Test
  void entriesGoInOrderOfTime() throws Exception {
    TailClient client = client(1, 1000, 1 << 20);
    client.offer(List.of(entry(30, 1), entry(10, 2)), List.of());
    client.offer(List.of(entry(20, 3)), List.of());
    client.sendLive(Long.MAX_VALUE);
    assertEquals(
        """
        {"streams":[{"stream":{"app":"web"},"values":[["10","line 10"]]},\
        {"stream":{"app":"web"},"values":[["20","line 20"]]},\
        {"stream":{"app":"web"},"values":[["30","line 30"]]}]}""",
        frames.getFirst());
  }

  /** What does not fit is dropped and told, up to a number. */
  @Test
  void slowClientsAreToldWhatTheyMissed() throws Exception {
    TailClient client = client(1, 3, 1 << 20);
    client.offer(entries(0, 5), List.of(new Dropped(99, Labels.EMPTY)));
    client.sendLive(Long.MAX_VALUE);
    String frame = frames.getFirst();
    assertEquals(3, count(frame, "\"line "));
    assertTrue(
        frame.endsWith(
            "],\"dropped_entries\":[{\"timestamp\":\"99\",\"labels\":{}},"
                + "{\"timestamp\":\"3\",\"labels\":{\"app\":\"web\"}},"
                + "{\"timestamp\":\"4\",\"labels\":{\"app\":\"web\"}}]}"),
        frame);
    client.offer(entries(0, 2000), List.of());
    frames.clear();
    client.sendLive(Long.MAX_VALUE);
    assertEquals(1000, count(frames.getFirst(), "\"timestamp\""));
  }

  /** What several clients wait for is counted once; what does not fit is dropped. */
  @Test
  void bytesOfAllClientsAreBounded() throws Exception {
    TailClient one = client(1, 1000, 1000);
    TailClient other = client(1, 1000, 1000);
    List<TailEntry> shared = entries(0, 4);
    one.offer(shared, List.of());
    long bytes = waitingBytes.get();
    other.offer(shared, List.of());
    assertEquals(bytes, waitingBytes.get());
    other.offer(entries(10, 20), List.of());
    assertTrue(waitingBytes.get() > bytes && waitingBytes.get() <= 1000, "" + waitingBytes);
    one.release();
    other.sendLive(Long.MAX_VALUE);
    assertTrue(frames.getFirst().contains("dropped_entries"), frames.getFirst());
    assertEquals(0, waitingBytes.get());
  }

  /** Up to the joint, what was sent of the past does not come again. */
  @Test
  void thePastIsNotSentTwice() throws Exception {
    TailClient client = client(2, 1000, 1 << 20);
    TailEntry both = entry(1, 7);
    client.offer(List.of(both, entry(2, 7), entry(1, 8)), List.of());
    client.sendPast(List.of(both.element()), 7);
    client.sendLive(Long.MAX_VALUE);
    assertEquals(1, count(frames.get(0), "line 1"));
    assertEquals(1, count(frames.get(1), "line 1"), "an entry beyond the joint is another one");
    assertEquals(1, count(frames.get(1), "line 2"));
  }

  @Test
  void theFirstReasonEndsIt() throws IOException, InterruptedException {
    TailClient client = client(1, 10, 1000);
    client.fail("first");
    client.fail("second");
    assertEquals("first", client.sendLive(Long.MAX_VALUE));
  }

  @Test
  void timeEndsIt() throws IOException, InterruptedException {
    assertEquals("reached tail max duration limit", client(1, 10, 1000).sendLive(now.get()));
  }
}
