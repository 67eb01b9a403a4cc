package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.pipeline.LineFields.Field;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineFieldsTest {
  @Test
  void jsonFieldsKnowTheirPath() {
    assertEquals(
        List.of(
            new Field("level", "info", List.of("level")),
            new Field("user_id", "7", List.of("user", "id")),
            new Field("a_b", "dot", List.of("a.b")),
            new Field("_1x", "true", List.of("1x")),
            new Field("q", "say \"hi\"", List.of("q"))),
        LineFields.json(
            "{\"level\":\"info\",\"user\":{\"id\":7},\"a.b\":\"dot\",\"1x\":true,"
                + "\"list\":[1],\"nothing\":null,\"level\":\"again\",\"q\":\"say \\\"hi\\\"\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "[1]", "{\"a\":\"b", "{\"a\":1", "{", "\"a\""})
  void whatIsNoObjectHasNoFields(String line) {
    assertEquals(List.of(), LineFields.json(line));
  }

  @Test
  void logfmtFieldsAreThoseWithAValue() {
    assertEquals(
        List.of(
            new Field("level", "warn", List.of()),
            new Field("msg", "two words", List.of()),
            new Field("a_b", "1", List.of())),
        LineFields.logfmt(
            "level=warn bare msg=\"two words\" a.b=1 empty= \"odd\" x=\"y level=again"));
  }

  /** As deep as anyone likes: nothing is read beyond what the parser reads. */
  @Test
  void deepObjectsAreNoTrouble() {
    assertEquals(List.of(), LineFields.json("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "7, INT",
    "-12, INT",
    "1, INT",
    "1.5, FLOAT",
    "1e3, FLOAT",
    "true, BOOLEAN",
    "F, BOOLEAN",
    "1.5s, DURATION",
    "35ms, DURATION",
    "2KB, BYTES",
    "10MiB, BYTES",
    "abc, STRING",
    "'', STRING",
    "99999999999999999999, FLOAT"
  })
  void types(String value, FieldType type) {
    assertEquals(type, FieldType.of(value));
  }

  @Test
  void sizes() {
    assertEquals(OptionalLong.of(2_000), FieldType.sizeBytes("2KB"));
    assertEquals(OptionalLong.of(2_048), FieldType.sizeBytes("2KiB"));
    assertEquals(OptionalLong.empty(), FieldType.sizeBytes("huge"));
  }
}
