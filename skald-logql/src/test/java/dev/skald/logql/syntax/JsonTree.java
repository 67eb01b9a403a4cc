package dev.skald.logql.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON as plain collections: objects are maps, arrays lists, everything else its text. */
final class JsonTree {
  private JsonTree() {}

  static Object parse(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      return value(parser);
    }
  }

  @SuppressWarnings("unchecked") // objects are read as maps from text
  static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
  }

  /** A member that must be there. */
  static Object member(Map<String, Object> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  /** A member that must be there and a text. */
  static String text(Map<String, Object> object, String name) {
    return (String) member(object, name);
  }

  @SuppressWarnings("unchecked") // arrays are read as lists
  static List<Object> array(Object json) {
    return (List<Object>) json;
  }

  private static Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
    return parser.getText();
  }
}
