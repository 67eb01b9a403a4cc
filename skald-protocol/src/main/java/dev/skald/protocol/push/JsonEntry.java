package dev.skald.protocol.push;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skald.protocol.wire.GrowingBytes;
import dev.skald.protocol.wire.JsonInput;
import dev.skald.protocol.wire.Utf8Text;
import java.io.IOException;

/**
 * The line and the metadata of the entry that is being read from JSON, as UTF-8 in an array used
 * again and again.
 */
final class JsonEntry {
  private final Utf8Text text;
  private final MetadataPairs pairs;
  private int lineStart;
  private int lineEnd;

  JsonEntry(GrowingBytes target, MetadataPairs pairs) {
    this.text = new Utf8Text(target);
    this.pairs = pairs;
  }

  void clear() {
    text.clear();
    pairs.clear(text.array());
    lineStart = 0;
    lineEnd = 0;
  }

  /** Takes the current token, which must be a string, as the line. */
  void line(JsonParser parser) throws IOException {
    lineStart = text.position();
    string(parser);
    lineEnd = text.position();
  }

  /** Takes the current token, which must begin an object of strings. */
  void metadata(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw JsonInput.notObject();
    }
    String name;
    while ((name = parser.nextFieldName()) != null) {
      int nameStart = text.position();
      text.write(name);
      text.endText();
      int valueStart = text.position();
      parser.nextToken();
      string(parser);
      pairs.add(nameStart, valueStart, valueStart, text.position());
    }
  }

  private void string(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw JsonInput.notString();
    }
    parser.getText(text);
    text.endText();
  }

  void handOver(long timestampEpochNanos, PushSink sink) {
    pairs.moveTo(text.array());
    sink.entry(timestampEpochNanos, text.array(), lineStart, lineEnd, pairs);
  }
}
