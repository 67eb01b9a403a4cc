package dev.skald.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, strings, numbers ({@link java.math.BigDecimal}), booleans and null. */
final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonTree() {}

  static @Nullable Object parse(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new IOException("not JSON: " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements;
  }

  /** The value as an object, if it is one. */
  @SuppressWarnings("unchecked") // parse makes no other maps
  static Optional<Map<String, @Nullable Object>> asObject(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? Optional.of((Map<String, @Nullable Object>) map)
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // parse makes no other lists
  static Optional<List<@Nullable Object>> asArray(@Nullable Object value) {
    return value instanceof List<?> list
        ? Optional.of((List<@Nullable Object>) list)
        : Optional.empty();
  }

  static Map<String, @Nullable Object> object(@Nullable Object value) {
    return asObject(value)
        .orElseThrow(() -> new AssertionError("an object wanted, found " + value));
  }

  static List<@Nullable Object> array(@Nullable Object value) {
    return asArray(value).orElseThrow(() -> new AssertionError("an array wanted, found " + value));
  }

  /** Text in which equal values look equal: members by name. */
  static String canonical(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      StringBuilder text = new StringBuilder("{");
      new TreeMap<>(object(value))
          .forEach(
              (name, inner) -> text.append(name).append(':').append(canonical(inner)).append(','));
      return text.append('}').toString();
    }
    if (value instanceof List<?>) {
      StringBuilder text = new StringBuilder("[");
      array(value).forEach(inner -> text.append(canonical(inner)).append(','));
      return text.append(']').toString();
    }
    return value instanceof String ? '"' + String.valueOf(value) + '"' : String.valueOf(value);
  }
}
