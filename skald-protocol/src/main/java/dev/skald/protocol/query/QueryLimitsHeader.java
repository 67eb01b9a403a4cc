package dev.skald.protocol.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skald.config.ByteSize;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The header X-Loki-Query-Limits: a JSON object (spec http-api.md 1.7). Unknown members are ignored; 0 is what was not
 * said.
 */
public record QueryLimitsHeader(
    long maxQueryLengthNanos,
    long maxQueryIntervalNanos,
    long maxQueryLookbackNanos,
    int maxEntriesLimitPerQuery,
    long maxQueryTimeNanos,
    List<String> requiredLabels,
    int minimumLabelsNumber,
    long maxQueryBytesRead) {
  public static final String NAME = "X-Loki-Query-Limits";

  private static final JsonFactory FACTORY = new JsonFactory();

  public QueryLimitsHeader {
    requiredLabels = List.copyOf(requiredLabels);
  }

  /**
   * @throws SkaldException BAD_REQUEST
   */
  public static QueryLimitsHeader parse(String header) {
    Draft draft = new Draft();
    try (JsonParser json = FACTORY.createParser(header)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw bad("no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        draft.read(name, json);
      }
      return draft.build();
    } catch (IOException | IllegalArgumentException e) {
      throw SkaldException.of(ErrorKind.BAD_REQUEST, text(String.valueOf(e.getMessage())), e);
    }
  }

  private static SkaldException bad(String reason) {
    return SkaldException.of(ErrorKind.BAD_REQUEST, text(reason));
  }

  private static String text(String reason) {
    return "invalid " + NAME + " header: " + reason;
  }

  /** What was read so far. */
  private static final class Draft {
    private long length;
    private long interval;
    private long lookback;
    private int entries;
    private long time;
    private final List<String> labels = new ArrayList<>();
    private int labelsMin;
    private long bytes;

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "maxQueryLength" -> length = DurationParameter.parse(json.getText());
        case "maxQueryInterval" -> interval = DurationParameter.parse(json.getText());
        case "maxQueryLookback" -> lookback = DurationParameter.parse(json.getText());
        case "maxQueryTime" -> time = DurationParameter.parse(json.getText());
        case "maxEntriesLimitPerQuery" -> entries = json.getIntValue();
        case "minimumLabelsNumber" -> labelsMin = json.getIntValue();
        case "maxQueryBytesRead" -> bytes = ByteSize.parse(json.getText()).bytes();
        case "requiredLabels" -> {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            labels.add(json.getText());
          }
        }
        default -> json.skipChildren();
      }
    }

    QueryLimitsHeader build() {
      return new QueryLimitsHeader(
          length, interval, lookback, entries, time, labels, labelsMin, bytes);
    }
  }
}
