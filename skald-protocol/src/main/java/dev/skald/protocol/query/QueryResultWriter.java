package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.QueryStats;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;

/** Writes answers of the query endpoints (spec http-api.md 3.3 to 3.7): UTF-8 JSON with a newline at the end. */
public final class QueryResultWriter {
  private QueryResultWriter() {}

  /** The answer of {@code query} and {@code query_range}. The stream is not closed. */
  public static void writeResult(
      OutputStream out,
      QueryResult result,
      QueryStats stats,
      List<String> warnings,
      ResponseFormat format)
      throws IOException {
    writePage(out, result, stats, warnings, format, "");
  }

  /**
   * As {@link #writeResult}, with Skald's own member {@code nextCursor} beside {@code stats}; none if it is empty.
   */
  public static void writePage(
      OutputStream out,
      QueryResult result,
      QueryStats stats,
      List<String> warnings,
      ResponseFormat format,
      String nextCursor)
      throws IOException {
    JsonGenerator json = open(out);
    json.writeStartObject();
    json.writeStringField("status", "success");
    if (!warnings.isEmpty()) {
      json.writeArrayFieldStart("warnings");
      for (String warning : warnings) {
        json.writeString(warning);
      }
      json.writeEndArray();
    }
    json.writeObjectFieldStart("data");
    json.writeStringField("resultType", resultType(result));
    if (!format.encodingFlags().isEmpty() && result instanceof QueryResult.Streams) {
      json.writeArrayFieldStart("encodingFlags");
      for (String flag : format.encodingFlags()) {
        json.writeString(flag);
      }
      json.writeEndArray();
    }
    json.writeFieldName("result");
    writeValue(json, result, format);
    StatsWriter.write(json, stats);
    if (!nextCursor.isEmpty()) {
      json.writeStringField("nextCursor", nextCursor);
    }
    json.writeEndObject();
    json.writeEndObject();
    finish(json);
  }

  /** The answer of the label endpoints; no names, no {@code data}. */
  public static void writeNames(OutputStream out, Collection<String> names) throws IOException {
    JsonGenerator json = open(out);
    json.writeStartObject();
    json.writeStringField("status", "success");
    if (!names.isEmpty()) {
      json.writeArrayFieldStart("data");
      for (String name : names) {
        json.writeString(name);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    finish(json);
  }

  /** The answer of {@code series}. */
  public static void writeSeries(OutputStream out, List<Labels> series) throws IOException {
    JsonGenerator json = open(out);
    json.writeStartObject();
    json.writeStringField("status", "success");
    json.writeArrayFieldStart("data");
    for (Labels labels : series) {
      writeLabels(json, labels);
    }
    json.writeEndArray();
    json.writeEndObject();
    finish(json);
  }

  /** The answer of {@code format_query}: the text, or what is wrong with the query. */
  public static void writeFormatted(OutputStream out, String status, String member, String text)
      throws IOException {
    JsonGenerator json = open(out);
    json.writeStartObject();
    json.writeStringField("status", status);
    json.writeStringField(member, text);
    json.writeEndObject();
    finish(json);
  }

  private static JsonGenerator open(OutputStream out) throws IOException {
    JsonGenerator json = LokiJson.FACTORY.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    return json;
  }

  private static void finish(JsonGenerator json) throws IOException {
    json.writeRaw('\n');
    json.close();
  }

  private static String resultType(QueryResult result) {
    return switch (result) {
      case QueryResult.Streams _ -> "streams";
      case QueryResult.Matrix _ -> "matrix";
      case QueryResult.Vector _ -> "vector";
      case QueryResult.Scalar _ -> "scalar";
    };
  }

  private static void writeValue(JsonGenerator json, QueryResult result, ResponseFormat format)
      throws IOException {
    switch (result) {
      case QueryResult.Streams streams -> StreamsWriter.write(json, streams, format);
      case QueryResult.Matrix(var series) -> writeMatrix(json, series);
      case QueryResult.Vector(var series) -> writeVector(json, series);
      case QueryResult.Scalar(var sample) -> writeSample(json, sample);
    }
  }

  private static void writeMatrix(JsonGenerator json, List<Series> series) throws IOException {
    json.writeStartArray();
    for (Series one : series) {
      json.writeStartObject();
      json.writeFieldName("metric");
      writeLabels(json, one.labels());
      json.writeArrayFieldStart("values");
      for (Sample sample : one.samples()) {
        writeSample(json, sample);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeVector(JsonGenerator json, List<Series> series) throws IOException {
    json.writeStartArray();
    for (Series one : series) {
      json.writeStartObject();
      json.writeFieldName("metric");
      writeLabels(json, one.labels());
      json.writeFieldName("value");
      writeSample(json, one.samples().getFirst());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeSample(JsonGenerator json, Sample sample) throws IOException {
    json.writeStartArray();
    json.writeRawValue(SampleText.seconds(sample.timestampEpochMillis()));
    json.writeString(SampleText.value(sample.value()));
    json.writeEndArray();
  }

  static void writeLabels(JsonGenerator json, Labels labels) throws IOException {
    json.writeStartObject();
    for (Label label : labels.sorted()) {
      json.writeStringField(label.name(), label.value());
    }
    json.writeEndObject();
  }
}
