package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skald.model.Labels;
import dev.skald.model.ResultEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes entries one by one, in UTF-8 (docs/api.md, "Export"). CSV is that of RFC 4180, but with a line feed alone at the
 * ends of rows. One thread.
 */
public final class ExportWriter {
  private static final int BUFFER_CHARS = 32 << 10;

  private final Format format;
  private final Writer text;
  private final JsonGenerator json;

  /** How entries look. */
  public enum Format {
    NDJSON("application/x-ndjson"),
    CSV("text/csv; charset=utf-8"),
    /** The lines alone. */
    TEXT("text/plain; charset=utf-8");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    public String contentType() {
      return contentType;
    }
  }

  /** The stream is not closed. */
  public ExportWriter(OutputStream out, Format format) throws IOException {
    this.format = format;
    this.text =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARS);
    this.json = LokiJson.FACTORY.createGenerator(text);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    json.setRootValueSeparator(null);
    if (format == Format.CSV) {
      text.write("timestamp,stream,structured_metadata,parsed,line\n");
    }
  }

  /** One entry; {@code stream} is what is left of its stream's labels. */
  public void write(Labels stream, ResultEntry entry) throws IOException {
    switch (format) {
      case NDJSON -> writeJson(stream, entry);
      case CSV -> writeCsv(stream, entry);
      case TEXT -> text.append(entry.line()).append('\n');
    }
  }

  private void writeJson(Labels stream, ResultEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("timestamp", Long.toString(entry.timestampEpochNanos()));
    json.writeFieldName("stream");
    QueryResultWriter.writeLabels(json, stream);
    if (!entry.structuredMetadata().isEmpty()) {
      json.writeFieldName("structuredMetadata");
      QueryResultWriter.writeLabels(json, entry.structuredMetadata());
    }
    if (!entry.parsed().isEmpty()) {
      json.writeFieldName("parsed");
      QueryResultWriter.writeLabels(json, entry.parsed());
    }
    json.writeStringField("line", entry.line());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void writeCsv(Labels stream, ResultEntry entry) throws IOException {
    text.write(Long.toString(entry.timestampEpochNanos()));
    writeField(stream.toString());
    writeField(entry.structuredMetadata().isEmpty() ? "" : entry.structuredMetadata().toString());
    writeField(entry.parsed().isEmpty() ? "" : entry.parsed().toString());
    writeField(entry.line());
    text.write('\n');
  }

  /** Another one of the row. */
  private void writeField(String value) throws IOException {
    text.write(',');
    boolean isPlain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    if (isPlain) {
      text.write(value);
    } else {
      text.append('"').append(value.replace("\"", "\"\"")).append('"');
    }
  }

  /** Hands over what is held back here. */
  public void flush() throws IOException {
    json.flush();
    text.flush();
  }

  /** The last thing to be called. */
  public void end() throws IOException {
    json.close();
    text.flush();
  }
}
