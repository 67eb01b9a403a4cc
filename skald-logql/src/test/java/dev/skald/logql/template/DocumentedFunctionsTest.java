package dev.skald.logql.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.logql.engine.LanguagePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/language/formatting.md: every function is there, and does what is said. */
final class DocumentedFunctionsTest {
  private static final TestRow ROW =
      TestRow.of("app", "api", "ms", "250", "user", "ann")
          .withLine("GET /a b 200")
          .at(1_767_225_601_500_000_000L);

  /** A row: the function's name, or words of the language; a template and what it prints. */
  record Row(String name, String template, String result) {
    @Override
    public String toString() {
      return template;
    }
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : LanguagePage.lines(LanguagePage.folder().resolve("formatting.md"))) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (line.startsWith("| `") && cells.length == 5) {
        rows.add(new Row(code(cells[1]), code(cells[2]), code(cells[3])));
      }
    }
    return rows;
  }

  /** What stands between the first two back quotes of a cell. */
  private static String code(String cell) {
    return cell.split("`", -1)[1].replace("\\|", "|");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void printsWhatIsSaid(Row row) {
    assertEquals(row.result(), ROW.print(row.template()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void showsWhatItNames(Row row) {
    assertTrue(row.template().contains(row.name()), row.name());
  }

  @Test
  void everyFunctionHasARow() {
    Set<String> named = new TreeSet<>();
    rows().forEach(row -> named.add(row.name()));
    Set<String> missing = new TreeSet<>(TemplateFunctions.names());
    missing.removeAll(named);
    assertEquals(Set.of(), missing);
  }
}
