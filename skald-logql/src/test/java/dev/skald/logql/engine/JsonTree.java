package dev.skald.logql.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain collections: objects are maps, arrays lists, everything else its text. */
record JsonTree(Object value) {
  static JsonTree resource(String name) {
    try (InputStream in = JsonTree.class.getResourceAsStream(name);
        JsonParser parser = new JsonFactory().createParser(in)) {
      parser.nextToken();
      return new JsonTree(value(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  boolean has(String name) {
    return ((Map<?, ?>) value).containsKey(name);
  }

  JsonTree member(String name) {
    Object member = ((Map<?, ?>) value).get(name);
    if (member == null) {
      throw new IllegalArgumentException("no member " + name);
    }
    return new JsonTree(member);
  }

  String text(String name) {
    return member(name).text();
  }

  String text() {
    return (String) value;
  }

  boolean isText() {
    return value instanceof String;
  }

  List<JsonTree> elements() {
    List<JsonTree> elements = new ArrayList<>();
    ((List<?>) value).forEach(element -> elements.add(new JsonTree(element)));
    return elements;
  }

  /** An object of texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((name, text) -> texts.put((String) name, (String) text));
    return texts;
  }
}
