package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skald.model.QueryStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes small answers that are put together as trees: maps in their own order, collections, texts, numbers, booleans,
 * nulls, and a query's figures as {@code stats}. UTF-8 with a newline at the end.
 */
public final class JsonTreeWriter {
  private JsonTreeWriter() {}

  public static byte[] write(@Nullable Object tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = LokiJson.FACTORY.createGenerator(out)) {
      value(json, tree);
      json.writeRaw('\n');
    }
    return out.toByteArray();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (entry.getValue() instanceof QueryStats stats) {
            StatsWriter.write(json, stats); // writes its name too
          } else {
            json.writeFieldName(String.valueOf(entry.getKey()));
            value(json, entry.getValue());
          }
        }
        json.writeEndObject();
      }
      case Collection<?> collection -> {
        json.writeStartArray();
        for (Object item : collection) {
          value(json, item);
        }
        json.writeEndArray();
      }
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Number number -> json.writeNumber(number.toString());
      case Boolean truth -> json.writeBoolean(truth);
      default -> json.writeString(value.toString());
    }
  }
}
