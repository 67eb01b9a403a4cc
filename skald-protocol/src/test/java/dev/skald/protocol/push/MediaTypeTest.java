package dev.skald.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.SkaldException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json                        | application/json",
        "APPLICATION/JSON                        | application/json",
        "application/json; charset=utf-8         | application/json",
        "application/json;charset=UTF-8;         | application/json",
        "application/json ; a=\"b;\\\"c\" ; d=e  | application/json",
        "application/x-protobuf                  | application/x-protobuf",
        "text                                    | text",
      })
  void reads(String header, String want) {
    assertEquals(want, MediaType.parse(header));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | mime: no media type",
        "/json                     | mime: no media type",
        "application/              | mime: expected token after slash",
        "application/json; x       | mime: invalid media parameter",
        "application/json; x=      | mime: invalid media parameter",
        "application/json; x=\"y   | mime: invalid media parameter",
        "application/json; a=1;A=2 | mime: duplicate parameter name",
        "application/json x        | mime: unexpected content after media subtype",
      })
  void refuses(String header, String want) {
    SkaldException e = assertThrows(SkaldException.class, () -> MediaType.parse(header));
    assertEquals(want, e.getMessage());
  }
}
