package dev.skald.protocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.SkaldException;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.QueryStats;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmallAnswersTest {
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void treesKeepTheirOrder() throws IOException {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("z", 1);
    tree.put("a", List.of(1L, true, "<x>"));
    tree.put("none", null);
    assertEquals(
        "{\"z\":1,\"a\":[1,true,\"\\u003cx\\u003e\"],\"none\":null}\n",
        text(JsonTreeWriter.write(tree)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "1, 1970-01-01T00:00:00.000000001Z",
    "70, 1970-01-01T00:00:00.00000007Z",
    "1793497900000000070, 2026-11-01T01:51:40.00000007Z",
    "-1, 1969-12-31T23:59:59.999999999Z"
  })
  void timesHaveAsManyDigitsAsTheyNeed(long epochNanos, String text) {
    assertEquals(text, LegacyStreams.time(epochNanos));
  }

  @Test
  void theOlderShapeGroupsByAllLabels() throws IOException {
    ResultEntry entry =
        new ResultEntry(1, "x", Labels.of("trace", "t"), Labels.of("status", "200"));
    QueryResult.Streams result =
        new QueryResult.Streams(List.of(new ResultStream(Labels.of("app", "web"), List.of(entry))));
    String text = text(LegacyStreams.write(result, QueryStats.NONE));
    assertTrue(
        text.startsWith(
            "{\"streams\":[{\"labels\":\"{app=\\\"web\\\", status=\\\"200\\\", trace=\\\"t\\\"}\","
                + "\"entries\":[{\"ts\":\"1970-01-01T00:00:00.000000001Z\",\"line\":\"x\"}]}],"
                + "\"stats\":{\"summary\":"),
        text);
  }

  @Test
  void aRequestMayLimitItself() {
    QueryLimitsHeader limits =
        QueryLimitsHeader.parse(
            "{\"maxQueryLength\":\"1h\",\"maxEntriesLimitPerQuery\":7,\"other\":{\"a\":[1]},"
                + "\"requiredLabels\":[\"env\",\"app\"],\"maxQueryBytesRead\":\"1KB\"}");
    assertEquals(3_600_000_000_000L, limits.maxQueryLengthNanos());
    assertEquals(7, limits.maxEntriesLimitPerQuery());
    assertEquals(List.of("env", "app"), limits.requiredLabels());
    assertEquals(1024, limits.maxQueryBytesRead());
    assertEquals(0, limits.maxQueryTimeNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{\"maxQueryLength\":\"long\"}", "{\"maxQueryLength\""})
  void brokenLimitsAreRefused(String header) {
    assertThrows(SkaldException.class, () -> QueryLimitsHeader.parse(header));
  }
}
