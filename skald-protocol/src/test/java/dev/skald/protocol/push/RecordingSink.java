package dev.skald.protocol.push;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what a decoder says. */
public final class RecordingSink implements PushSink {
  /**
   * An entry as it was handed over; lines and metadata read as UTF-8, a repeated name keeps its
   * last value.
   */
  public record Recorded(
      Labels labels, long timestampEpochNanos, String line, Map<String, String> metadata) {}

  public final List<Labels> streams = new ArrayList<>();
  public final List<Recorded> entries = new ArrayList<>();
  public final List<byte[]> lines = new ArrayList<>();
  public int expectedBytes = -1;

  @Override
  public void expect(int decodedBytes) {
    expectedBytes = decodedBytes;
  }

  @Override
  public void stream(byte[] bytes, int start, int end) {
    streams.add(Labels.of(LabelText.parse(bytes, start, end)));
  }

  @Override
  public void stream(List<Label> labels) {
    streams.add(Labels.of(labels));
  }

  @Override
  public void entry(
      long timestampEpochNanos, byte[] bytes, int start, int end, MetadataPairs pairs) {
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < pairs.count(); i++) {
      metadata.put(pairs.name(i), pairs.value(i));
    }
    byte[] line = java.util.Arrays.copyOfRange(bytes, start, end);
    lines.add(line);
    entries.add(
        new Recorded(
            streams.getLast(),
            timestampEpochNanos,
            new String(line, StandardCharsets.UTF_8),
            metadata));
  }
}
