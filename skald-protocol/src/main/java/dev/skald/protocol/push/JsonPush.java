package dev.skald.protocol.push;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skald.bytes.ExactUtf8;
import dev.skald.protocol.push.PushRequest.Shape;
import dev.skald.protocol.wire.JsonInput;
import java.io.IOException;
import java.util.ArrayList;

/**
 * Reads a push in JSON, of either shape; what is forgiven and what is not: the page on Loki's HTTP
 * API, sections 2.2 and 2.3.
 *
 * <pre>
 * V1      {"streams":[{"stream":{"app":"web"},
 *                      "values":[["1700000000000000000","line",{"name":"value"}]]}]}
 * LEGACY  {"streams":[{"labels":"{app=\"web\"}",
 *                      "entries":[{"ts":"2024-..Z","line":"..","structuredMetadata":{..}}]}]}
 * </pre>
 */
final class JsonPush {
  private final byte[] bytes;
  private final int length;
  private final Shape shape;
  private final JsonEntry entry;
  private final PushSink sink;

  private JsonPush(byte[] bytes, int length, Shape shape, JsonEntry entry, PushSink sink) {
    this.bytes = bytes;
    this.length = length;
    this.shape = shape;
    this.entry = entry;
    this.sink = sink;
  }

  static void decode(byte[] bytes, int length, Shape shape, JsonEntry entry, PushSink sink) {
    JsonInput.checkUtf8(bytes, length);
    try {
      new JsonPush(bytes, length, shape, entry, sink).request();
    } catch (IOException e) {
      throw JsonInput.malformed(e);
    }
  }

  /** Ends with the object; text behind it is not looked at. */
  private void request() throws IOException {
    try (JsonParser parser = JsonInput.open(bytes, 0, length)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        throw JsonInput.unexpected(first == null ? "EOF" : "expect { or n");
      }
      String name;
      while ((name = parser.nextFieldName()) != null) {
        JsonToken value = parser.nextToken();
        if (!name.equals("streams") && !name.equals("Streams")) {
          parser.skipChildren();
        } else if (value == JsonToken.START_ARRAY) {
          streams(parser);
        } else if (value != JsonToken.VALUE_NULL) {
          throw JsonInput.unexpected("streams: expect [ or n");
        }
      }
    }
  }

  private void streams(JsonParser parser) throws IOException {
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t != JsonToken.START_OBJECT) {
        throw JsonInput.unexpected("a stream is not an object");
      }
      stream(parser);
    }
  }

  /** Entries in front of their labels are passed over, and read when the labels are known. */
  private void stream(JsonParser parser) throws IOException {
    String labelsName = shape == Shape.V1 ? "stream" : "labels";
    String entriesName = shape == Shape.V1 ? "values" : "entries";
    boolean begun = false;
    int deferredStart = -1;
    int deferredEnd = -1;
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      if (name.equals(labelsName)) {
        begin(parser);
        begun = true;
      } else if (!name.equals(entriesName)) {
        parser.skipChildren();
      } else if (value == JsonToken.START_ARRAY && begun) {
        entries(parser);
      } else if (value == JsonToken.START_ARRAY) {
        deferredStart = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        deferredEnd = (int) parser.currentLocation().getByteOffset();
      } else if (value != JsonToken.VALUE_NULL) {
        throw JsonInput.unexpected(entriesName + " is not an array");
      }
    }
    if (!begun) {
      sink.stream(new ArrayList<>());
    }
    if (deferredStart >= 0) {
      try (JsonParser deferred =
          JsonInput.open(bytes, deferredStart, deferredEnd - deferredStart)) {
        deferred.nextToken();
        entries(deferred);
      }
    }
  }

  private void begin(JsonParser parser) throws IOException {
    switch (shape) {
      case V1 -> sink.stream(JsonLabels.read(parser, bytes));
      case LEGACY -> {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
          throw JsonInput.notString();
        }
        byte[] text = ExactUtf8.encode(parser.getText());
        sink.stream(text, 0, text.length);
      }
    }
  }

  private void entries(JsonParser parser) throws IOException {
    JsonToken begin = shape == Shape.V1 ? JsonToken.START_ARRAY : JsonToken.START_OBJECT;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t == begin) {
        entry.clear();
        entry.handOver(shape == Shape.V1 ? v1Entry(parser) : legacyEntry(parser), sink);
      } else if (t != JsonToken.VALUE_NULL) {
        throw JsonInput.unexpected("an entry is neither " + begin.asString() + " nor null");
      }
    }
  }

  /** {@code [ts, line, metadata, ignored..]}, all but the time may be missing; returns the time. */
  private long v1Entry(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.VALUE_STRING) {
      throw JsonInput.notString();
    }
    long timestamp =
        Timestamps.parseNanos(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    JsonToken token = parser.nextToken();
    if (token != JsonToken.END_ARRAY) {
      entry.line(parser);
      token = parser.nextToken();
    }
    if (token != JsonToken.END_ARRAY) {
      entry.metadata(parser);
      token = parser.nextToken();
    }
    while (token != JsonToken.END_ARRAY) {
      parser.skipChildren();
      token = parser.nextToken();
    }
    return timestamp;
  }

  private long legacyEntry(JsonParser parser) throws IOException {
    long timestamp = 0;
    boolean timed = false;
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "ts" -> {
          if (value != JsonToken.VALUE_STRING) {
            throw JsonInput.notString();
          }
          timestamp = Timestamps.parseRfc3339(parser.getText());
          timed = true;
        }
        case "line" -> entry.line(parser);
        case "structuredMetadata" -> {
          if (value != JsonToken.VALUE_NULL) {
            entry.metadata(parser);
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (!timed) {
      throw JsonInput.unexpected("entry without timestamp");
    }
    return timestamp;
  }
}
