package dev.skald.protocol.otlp;

import dev.skald.model.Label;
import dev.skald.protocol.otlp.OtlpRules.SeverityText;
import dev.skald.protocol.push.PushSink;
import dev.skald.protocol.wire.GrowingBytes;
import dev.skald.protocol.wire.WireCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks an {@code ExportLogsServiceRequest} (opentelemetry-proto, logs.proto) and hands each record
 * to a sink. Fields may come in any order, unknown ones are skipped; no object per record.
 *
 * <pre>
 * request  { resource_logs 1 }
 * resource_logs { resource 1 { attributes 1 }, scope_logs 2 }
 * scope_logs    { scope 1 { name 1, version 2, attributes 3, dropped 4 }, log_records 2 }
 * </pre>
 */
final class LogsWalk {
  private static final int REQUEST_RESOURCE_LOGS = 1;
  private static final int RESOURCE_LOGS_RESOURCE = 1;
  private static final int RESOURCE_LOGS_SCOPE_LOGS = 2;
  private static final int RESOURCE_ATTRIBUTES = 1;
  private static final int SCOPE_LOGS_SCOPE = 1;
  private static final int SCOPE_LOGS_RECORDS = 2;
  private static final int SCOPE_NAME = 1;
  private static final int SCOPE_VERSION = 2;
  private static final int SCOPE_ATTRIBUTES = 3;
  private static final int SCOPE_DROPPED = 4;

  private static final String SEVERITY_TEXT = "severity_text";

  private final byte[] bytes;
  private final WireCursor cursor;
  private final OtlpRules rules;
  private final long nowEpochNanos;
  private final TextBuffer text;
  private final Attributes attributes;
  private final ValueText values;
  private final AnyValue body = new AnyValue();
  private final LogRecord record;
  private final PushSink sink;

  /** Whether the resource's stream has begun, and with which severity as a label. */
  private boolean begun;

  private String begunSeverity = "";

  LogsWalk(
      byte[] bytes,
      int length,
      OtlpRules rules,
      long nowEpochNanos,
      GrowingBytes scratch,
      PushSink sink) {
    this.bytes = bytes;
    this.cursor = new WireCursor(bytes, 0, length);
    this.rules = rules;
    this.nowEpochNanos = nowEpochNanos;
    this.text = new TextBuffer(scratch);
    this.attributes = new Attributes(bytes, cursor, text);
    this.values = new ValueText(bytes, cursor, text);
    this.record = new LogRecord(bytes, cursor, attributes);
    this.sink = sink;
  }

  /** What is done with a message that the cursor has entered. */
  private interface Visit {
    void message();
  }

  /** Visits each field of a number in the message being read, which is walked from {@code start}. */
  private void each(int start, int field, Visit visit) {
    cursor.at(start);
    while (cursor.more()) {
      int tag = cursor.tag();
      if (WireCursor.field(tag) == field) {
        int outer = cursor.enter(cursor.length(tag));
        visit.message();
        cursor.leave(outer);
      } else {
        cursor.skip(tag);
      }
    }
  }

  void request() {
    each(0, REQUEST_RESOURCE_LOGS, this::resourceLogs);
  }

  /** The resource first, wherever it stands. */
  private void resourceLogs() {
    int start = cursor.at();
    attributes.clear();
    begun = false;
    each(start, RESOURCE_LOGS_RESOURCE, this::resource);
    each(start, RESOURCE_LOGS_SCOPE_LOGS, this::scopeLogs);
  }

  private void resource() {
    each(cursor.at(), RESOURCE_ATTRIBUTES, () -> attributes.add(rules.resource()));
  }

  private void scopeLogs() {
    int start = cursor.at();
    long mark = attributes.mark();
    each(start, SCOPE_LOGS_SCOPE, this::scope);
    each(start, SCOPE_LOGS_RECORDS, this::logRecord);
    attributes.reset(mark);
  }

  private void scope() {
    while (cursor.more()) {
      int tag = cursor.tag();
      switch (WireCursor.field(tag)) {
        case SCOPE_NAME -> scopeText("scope_name", tag);
        case SCOPE_VERSION -> scopeText("scope_version", tag);
        case SCOPE_ATTRIBUTES -> {
          int outer = cursor.enter(cursor.length(tag));
          attributes.add(rules.scope());
          cursor.leave(outer);
        }
        case SCOPE_DROPPED -> {
          long dropped = cursor.varint(tag);
          if (dropped != 0) {
            attributes.add("scope_dropped_attributes_count", Long.toUnsignedString(dropped));
          }
        }
        default -> cursor.skip(tag);
      }
    }
  }

  private void scopeText(String name, int tag) {
    int length = cursor.length(tag);
    int start = cursor.at();
    if (length > 0) {
      attributes.add(name, start, start + length);
    }
    cursor.at(start + length);
  }

  private void logRecord() {
    int end = cursor.end();
    long mark = attributes.mark();
    record.read(rules.log());
    begin();
    body.read(cursor, record.bodyStart(), record.bodyEnd());
    long time = record.epochNanos(nowEpochNanos);
    if (body.kind() == AnyValue.STRING) {
      sink.entry(time, bytes, body.start(), body.end(), attributes.pairs());
    } else {
      int start = text.length();
      values.append(body);
      sink.entry(time, text.array(), start, text.length(), attributes.pairs());
    }
    attributes.reset(mark);
    cursor.at(end);
  }

  /** Begins the stream of the record, if it is not the one begun last. */
  private void begin() {
    String severity = rules.severityText() == SeverityText.LABEL_AND_METADATA ? severityText() : "";
    if (begun && severity.equals(begunSeverity)) {
      return;
    }
    List<Label> labels = new ArrayList<>(attributes.labels().size() + 1);
    attributes.labels().forEach((name, value) -> labels.add(new Label(name, value)));
    if (!severity.isEmpty()) {
      labels.removeIf(label -> label.name().equals(SEVERITY_TEXT));
      labels.add(new Label(SEVERITY_TEXT, severity));
    }
    sink.stream(labels);
    begun = true;
    begunSeverity = severity;
  }

  private String severityText() {
    int start = record.severityTextStart();
    return new String(bytes, start, record.severityTextEnd() - start, StandardCharsets.UTF_8);
  }
}
