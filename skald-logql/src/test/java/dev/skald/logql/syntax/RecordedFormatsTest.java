package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code format_query} of the reference answered. */
final class RecordedFormatsTest {
  static List<RecordedCase> cases() throws IOException {
    return RecordedCase.area("format-query").stream()
        .filter(c -> c.query().isPresent())
        // a method that the address does not take: nothing to parse
        .filter(c -> c.status() != 405)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheReference(RecordedCase recorded) {
    String query = recorded.query().orElseThrow();
    Map<String, Object> expect = JsonTree.object(recorded.expect());
    if (recorded.status() == 200) {
      assertEquals(expect.get("data"), LogqlPrinter.pretty(LogqlParser.parseUnbuilt(query)));
    } else {
      LogqlSyntaxException e =
          assertThrows(LogqlSyntaxException.class, () -> LogqlParser.parseUnbuilt(query));
      assertEquals(expect.get("error"), e.getMessage());
    }
  }
}
