package dev.skald.protocol.otlp;

import dev.skald.protocol.otlp.OtlpRules.Rule;
import dev.skald.protocol.wire.WireCursor;
import java.util.List;

/**
 * The record that was read last. Its attributes and whatever else of it becomes structured
 * metadata are added to {@link Attributes}; fields behind attributes, so that they win over an
 * attribute of the same name.
 */
final class LogRecord {
  private static final int TIME = 1;
  private static final int SEVERITY_NUMBER = 2;
  private static final int SEVERITY_TEXT = 3;
  private static final int BODY = 5;
  private static final int ATTRIBUTES = 6;
  private static final int DROPPED = 7;
  private static final int FLAGS = 8;
  private static final int TRACE_ID = 9;
  private static final int SPAN_ID = 10;
  private static final int OBSERVED_TIME = 11;
  private static final int EVENT_NAME = 12;

  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  /** Where the bytes of a field lie; empty if it is not there. */
  private static final class Range {
    private int start;
    private int end;

    void clear() {
      start = 0;
      end = 0;
    }

    boolean isEmpty() {
      return start == end;
    }

    void read(WireCursor cursor, int tag) {
      int length = cursor.length(tag);
      start = cursor.at();
      end = start + length;
      cursor.at(end);
    }
  }

  private final byte[] bytes;
  private final WireCursor cursor;
  private final Attributes attributes;

  private long time;
  private long observedTime;
  private long severityNumber;
  private long dropped;
  private int flags;
  private final Range severityText = new Range();
  private final Range body = new Range();
  private final Range traceId = new Range();
  private final Range spanId = new Range();
  private final Range eventName = new Range();

  LogRecord(byte[] bytes, WireCursor cursor, Attributes attributes) {
    this.bytes = bytes;
    this.cursor = cursor;
    this.attributes = attributes;
  }

  private void clear() {
    time = 0;
    observedTime = 0;
    severityNumber = 0;
    dropped = 0;
    flags = 0;
    severityText.clear();
    body.clear();
    traceId.clear();
    spanId.clear();
    eventName.clear();
  }

  /** Reads the message that the cursor has entered. */
  void read(List<Rule> rules) {
    clear();
    while (cursor.more()) {
      int tag = cursor.tag();
      switch (WireCursor.field(tag)) {
        case TIME -> time = cursor.fixed64(tag);
        case SEVERITY_NUMBER -> severityNumber = cursor.varint(tag);
        case SEVERITY_TEXT -> severityText.read(cursor, tag);
        case BODY -> body.read(cursor, tag);
        case ATTRIBUTES -> {
          int outer = cursor.enter(cursor.length(tag));
          attributes.add(rules);
          cursor.leave(outer);
        }
        case DROPPED -> dropped = cursor.varint(tag);
        case FLAGS -> flags = cursor.fixed32(tag);
        case TRACE_ID -> traceId.read(cursor, tag);
        case SPAN_ID -> spanId.read(cursor, tag);
        case OBSERVED_TIME -> observedTime = cursor.fixed64(tag);
        case EVENT_NAME -> eventName.read(cursor, tag);
        default -> cursor.skip(tag);
      }
    }
    addFields();
  }

  private void addFields() {
    if (time != 0 && observedTime != 0) {
      attributes.add("observed_timestamp", Long.toUnsignedString(observedTime));
    }
    if (severityNumber != 0) {
      attributes.add("severity_number", Long.toString(severityNumber));
    }
    if (!severityText.isEmpty()) {
      attributes.add("severity_text", severityText.start, severityText.end);
    }
    addId("trace_id", "TraceID", traceId, TRACE_ID_BYTES);
    addId("span_id", "SpanID", spanId, SPAN_ID_BYTES);
    if (flags != 0) {
      attributes.add("flags", Integer.toUnsignedString(flags));
    }
    if (dropped != 0) {
      attributes.add("dropped_attributes_count", Long.toUnsignedString(dropped));
    }
    if (!eventName.isEmpty()) {
      attributes.add("event_name", eventName.start, eventName.end);
    }
  }

  /** An id of zeros is none. */
  private void addId(String name, String type, Range id, int length) {
    if (id.isEmpty()) {
      return;
    }
    if (id.end - id.start != length) {
      throw WireCursor.malformed("invalid length for " + type);
    }
    for (int i = id.start; i < id.end; i++) {
      if (bytes[i] != 0) {
        attributes.addHex(name, id.start, id.end);
        return;
      }
    }
  }

  /** The record's time, else when it was observed, else {@code nowEpochNanos}. */
  long epochNanos(long nowEpochNanos) {
    if (time != 0) {
      return time;
    }
    return observedTime != 0 ? observedTime : nowEpochNanos;
  }

  int bodyStart() {
    return body.start;
  }

  int bodyEnd() {
    return body.end;
  }

  int severityTextStart() {
    return severityText.start;
  }

  int severityTextEnd() {
    return severityText.end;
  }
}
