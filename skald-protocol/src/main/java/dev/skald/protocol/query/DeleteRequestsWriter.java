package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;

/** Answers of the delete API (spec http-api.md 4). */
public final class DeleteRequestsWriter {
  private static final int MILLI_DIGITS = 3;

  private DeleteRequestsWriter() {}

  /**
   * A delete request as it is listed.
   *
   * @param status {@code received} or {@code processed}
   */
  public record Item(
      String requestId,
      long startEpochMillis,
      long endEpochMillis,
      String query,
      String status,
      long createdEpochMillis) {}

  /** An array; times are numbers of seconds. */
  public static void write(OutputStream out, List<Item> items) throws IOException {
    try (JsonGenerator json = LokiJson.FACTORY.createGenerator(out)) {
      json.writeStartArray();
      for (Item item : items) {
        json.writeStartObject();
        json.writeStringField("request_id", item.requestId());
        writeSeconds(json, "start_time", item.startEpochMillis());
        writeSeconds(json, "end_time", item.endEpochMillis());
        json.writeStringField("query", item.query());
        json.writeStringField("status", item.status());
        writeSeconds(json, "created_at", item.createdEpochMillis());
        json.writeStringField("user_id", "");
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static void writeSeconds(JsonGenerator json, String name, long millis)
      throws IOException {
    json.writeFieldName(name);
    BigDecimal seconds = BigDecimal.valueOf(millis, MILLI_DIGITS).stripTrailingZeros();
    json.writeNumber(seconds.toPlainString());
  }

  /** What a request would delete. */
  public static void writePreview(OutputStream out, long rows, long lineBytes, long streams)
      throws IOException {
    try (JsonGenerator json = LokiJson.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("rows", rows);
      json.writeNumberField("line_bytes", lineBytes);
      json.writeNumberField("streams", streams);
      json.writeEndObject();
    }
  }
}
