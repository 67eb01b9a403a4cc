package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.skald.model.Labels;
import dev.skald.model.ResultEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Writes what a tail sends (spec http-api.md 3.15, 3.17): an entry once, as an element of {@code
 * streams}, and frames of such elements for each client. One thread.
 */
public final class TailWriter {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final byte[] STREAMS = utf8("{\"streams\":[");
  private static final byte[] DROPPED = utf8(",\"dropped_entries\":[");
  private static final byte[] NOTHING_DROPPED = utf8(",\"dropped_entries\":null");

  private final TailFormat format;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
  private final JsonGenerator json;
  private final byte[] flags;

  public TailWriter(TailFormat format) {
    this.format = format;
    try {
      json = LokiJson.FACTORY.createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    json.setPrettyPrinter(new MinimalPrettyPrinter("")); // nothing between one value and the next
    flags = flags();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What writes one value. */
  @FunctionalInterface
  private interface Value {
    void write() throws IOException;
  }

  private byte[] bytes(Value value) {
    try {
      out.reset();
      value.write();
      json.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** What stands in a frame for this one entry. */
  public byte[] element(Labels stream, ResultEntry entry) {
    return bytes(
        () -> {
          json.writeStartObject();
          Labels shown =
              format.categorizesLabels() ? stream : StreamsWriter.complete(stream, entry);
          switch (format.shape()) {
            case V1 -> {
              json.writeFieldName("stream");
              QueryResultWriter.writeLabels(json, shown);
              json.writeArrayFieldStart("values");
              StreamsWriter.writeEntry(json, entry, format.categorizesLabels());
            }
            case LEGACY -> {
              json.writeStringField("labels", shown.toString());
              json.writeArrayFieldStart("entries");
              json.writeStartObject();
              json.writeStringField("ts", time(entry.timestampEpochNanos()));
              json.writeStringField("line", entry.line());
              json.writeEndObject();
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** RFC 3339 with as many digits of a second as there are. */
  private static String time(long epochNanos) {
    String whole = Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS_PER_SECOND)).toString();
    long nanos = Math.floorMod(epochNanos, NANOS_PER_SECOND);
    if (nanos == 0) {
      return whole;
    }
    String digits = Long.toString(NANOS_PER_SECOND + nanos).substring(1);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return whole.substring(0, whole.length() - 1) + "." + digits.substring(0, end) + "Z";
  }

  /** An entry that its client did not get: an element of {@code dropped_entries}. */
  public byte[] dropped(long timestampEpochNanos, Labels labels) {
    return bytes(
        () -> {
          json.writeStartObject();
          json.writeStringField("timestamp", Long.toString(timestampEpochNanos));
          json.writeFieldName("labels");
          QueryResultWriter.writeLabels(json, labels);
          json.writeEndObject();
        });
  }

  /** A frame of elements and of what was dropped before them. */
  public byte[] frame(List<byte[]> elements, List<byte[]> dropped) {
    out.reset();
    out.writeBytes(STREAMS);
    join(elements);
    out.write(']');
    if (!dropped.isEmpty()) {
      out.writeBytes(DROPPED);
      join(dropped);
      out.write(']');
    } else if (format.shape() == TailFormat.Shape.LEGACY) {
      out.writeBytes(NOTHING_DROPPED);
    }
    out.writeBytes(flags);
    out.write('}');
    return out.toByteArray();
  }

  /** The last line of a tail that is a stream of lines. */
  public static byte[] ended(String reason) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(reason));
    return utf8("{\"error\":\"" + escaped + "\"}");
  }

  private void join(List<byte[]> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(parts.get(i));
    }
  }

  private byte[] flags() {
    if (format.shape() == TailFormat.Shape.LEGACY || format.encodingFlags().isEmpty()) {
      return new byte[0];
    }
    return bytes(
        () -> {
          json.writeRaw(",\"encodingFlags\":");
          json.writeStartArray();
          for (String flag : format.encodingFlags()) {
            json.writeString(flag);
          }
          json.writeEndArray();
        });
  }
}
