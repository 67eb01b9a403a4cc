package dev.skald.logql.template;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of given labels, with a clock that stands still. */
record TestRow(Map<String, String> labels, String line, long timestampEpochNanos, ZoneId zone)
    implements TemplateRow {
  /** 2026-11-20T12:30:00.25Z. */
  static final long NOW_EPOCH_NANOS = 1_795_177_800_250_000_000L;

  static final int OUTPUT_BYTES_MAX = 64 * 1024;

  /** Names and values in turn; no line, at the epoch, in UTC. */
  static TestRow of(String... namesAndValues) {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new TestRow(labels, "", 0, ZoneOffset.UTC);
  }

  TestRow withLine(String text) {
    return new TestRow(labels, text, timestampEpochNanos, zone);
  }

  TestRow at(long epochNanos) {
    return new TestRow(labels, line, epochNanos, zone);
  }

  TestRow in(String zoneId) {
    return new TestRow(labels, line, timestampEpochNanos, ZoneId.of(zoneId));
  }

  @Override
  public @Nullable String label(String name) {
    return labels.get(name);
  }

  /** What a template called "line" makes of this row. */
  String print(String template) {
    return print(Template.parse("line", template));
  }

  String print(Template template) {
    TemplateOutput out = new TemplateOutput(OUTPUT_BYTES_MAX);
    template.execute(this, new TemplateEnvironment(() -> NOW_EPOCH_NANOS, zone), out);
    return out.text();
  }
}
