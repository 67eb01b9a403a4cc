package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.Labels;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code json} with expressions; most cases are recorded answers of the reference. */
final class JsonPathStepTest {
  private static final String NESTED =
      "{\"req\":{\"headers\":{\"User-Agent\":\"curl/8\"},\"items\":[{\"id\":1},{\"id\":\"é\\n\"}]},"
          + "\"st\":200,\"ok\":true,\"none\":null}";

  record Case(String expressions, String line, Labels added) {
    static Case of(String expressions, String line, String... added) {
      return new Case(expressions, line, Labels.of(added));
    }
  }

  static Stream<Case> cases() {
    String error = "__error__";
    String details = "__error_details__";
    String json = "JSONParserErr";
    return Stream.of(
        Case.of("ua=\"req.headers[\\\"User-Agent\\\"]\"", NESTED, "ua", "curl/8"),
        Case.of(
            "st, ok, none, no=\"req.nope\"",
            NESTED,
            "st",
            "200",
            "ok",
            "true",
            "none",
            "",
            "no",
            ""),
        Case.of(
            "a=\"req.items[0].id\", b=\"req.items[1].id\", c=\"req.items[2].id\"",
            NESTED,
            "a",
            "1",
            "b",
            "é\n",
            "c",
            ""),
        Case.of("i=\"req.items[0]\"", NESTED, "i", "{\"id\":1}"),
        Case.of("i=\"req.headers\"", NESTED, "i", "{\"User-Agent\":\"curl/8\"}"),
        Case.of("x=\"[1][0]\", y=\"[0].a\"", "[{\"a\":\"b\"},[7]]", "x", "7", "y", "b"),
        Case.of("b=\"a.b\"", "{\"a\":1,\"c\":{\"b\":2}}", "b", ""),
        Case.of("b=\"a.b\"", "{\"x\":{\"a\":{\"b\":1}},\"a\":{\"b\":2}}", "b", "2"),
        Case.of("a, b", "{\"a\":1;\"b\":2}", "a", "1;\"b\":2", "b", "2"),
        Case.of("b", "{\"a\":1,,\"b\":2}", "b", "2"),
        Case.of("b", "{\"a\":oops,\"b\":2}", "b", "2"),
        Case.of("key", "{\"k\\u0065y\":\"v\"}", "key", "v"),
        Case.of("app", "{\"app\":\"line\"}", "app_extracted", "line"),
        Case.of("app", "{}"),
        Case.of("a", ""),
        Case.of("a", "\"text\"", "a", ""),
        Case.of("x=\"a\", x=\"b\"", "{\"a\":1,\"b\":2}", "x", "2"),
        Case.of("a", "null", error, json),
        Case.of("a", "  {\"a\":1}", error, json),
        Case.of("a", "{\"a\":oops}", "a", "", error, json, details, JsonValue.UNKNOWN_TYPE),
        Case.of("a", "{\"a\":", "a", "", error, json, details, JsonValue.MALFORMED),
        Case.of("a", "{\"a\":[1", "a", "", error, json, details, JsonValue.ARRAY_FAULT),
        Case.of("a", "{\"a\":\"x", "a", "", error, json, details, JsonValue.STRING_FAULT));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void extracts(Case c) {
    assertEquals(c.added, Rows.added("| json " + c.expressions, c.line));
  }
}
