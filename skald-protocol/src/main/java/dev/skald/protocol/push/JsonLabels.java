package dev.skald.protocol.push;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skald.model.Label;
import dev.skald.protocol.wire.JsonInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the labels of a stream from a JSON object. Of a name given twice the last value counts. */
final class JsonLabels {
  private JsonLabels() {}

  /** Takes the current token; {@code bytes} is what the parser reads from its first byte on. */
  static List<Label> read(JsonParser parser, byte[] bytes) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw JsonInput.notObject();
    }
    List<Label> labels = new ArrayList<>();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      labels.add(new Label(checked(name), checked(value(parser, bytes))));
    }
    return withoutRepeats(labels);
  }

  /** Strings as they are, anything else as its JSON text. */
  private static String value(JsonParser parser, byte[] bytes) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
      return parser.getText();
    }
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getByteOffset();
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw JsonInput.unexpected("lone surrogate in a label");
        }
        i++;
      }
    }
    return text;
  }

  private static List<Label> withoutRepeats(List<Label> labels) {
    Map<String, Label> last = new LinkedHashMap<>();
    for (Label label : labels) {
      last.put(label.name(), label);
    }
    return last.size() == labels.size() ? labels : new ArrayList<>(last.values());
  }
}
