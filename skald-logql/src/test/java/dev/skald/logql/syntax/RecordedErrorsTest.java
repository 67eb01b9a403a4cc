package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries that the reference refused or took, with its words. */
final class RecordedErrorsTest {
  /** Cases that this level cannot or will not repeat, each with its reason. */
  private static final Map<String, String> SKIPPED =
      Map.of(
          "errors-parse-285", "found when the query runs",
          "errors-parse-402", "the text parses; a limit refuses it",
          "syntax-accepted-029", "newer references no longer reserve the word variants");

  /** Cases that Skald's dialect gives a meaning to: selectors of all streams. */
  private static final Set<String> EXTENDED =
      Set.of(
          "errors-parse-031",
          "errors-parse-033",
          "errors-parse-034",
          "errors-parse-035",
          "errors-parse-036",
          "errors-parse-251",
          "errors-parse-252");

  static List<RecordedCase> cases() throws IOException {
    List<RecordedCase> errors = RecordedCase.area("errors-parse");
    List<RecordedCase> accepted = RecordedCase.area("syntax-accepted");
    return java.util.stream.Stream.concat(errors.stream(), accepted.stream())
        .filter(c -> !SKIPPED.containsKey(c.id()))
        // sent as raw bytes or as a body: the lexer's and the nesting tests have these texts
        .filter(c -> c.query().isPresent())
        // templates are another room's; ParserTest shows that they are asked
        .filter(c -> !(c.expect() instanceof String text && text.contains(" template: ")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheReference(RecordedCase recorded) {
    check(recorded, Dialect.LOKI);
  }

  /** What Skald's dialect has no meaning for is refused in the same words. */
  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheReferenceInSkaldsDialect(RecordedCase recorded) {
    if (EXTENDED.contains(recorded.id())) {
      String query = recorded.query().orElseThrow();
      assertDoesNotThrow(() -> LogqlParser.parse(query, TemplateCheck.NONE, Dialect.SKALD));
    } else {
      check(recorded, Dialect.SKALD);
    }
  }

  private static void check(RecordedCase recorded, Dialect dialect) {
    String query = recorded.query().orElseThrow();
    if (recorded.status() == 200) {
      assertDoesNotThrow(() -> LogqlParser.parse(query, TemplateCheck.NONE, dialect));
    } else {
      LogqlSyntaxException e =
          assertThrows(
              LogqlSyntaxException.class,
              () -> LogqlParser.parse(query, TemplateCheck.NONE, dialect));
      assertEquals(recorded.expect(), e.getMessage());
    }
  }
}
