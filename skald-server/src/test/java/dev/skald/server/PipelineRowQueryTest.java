package dev.skald.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.logql.pipeline.PipelineLimits;
import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Selection;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A delete request's query picks the rows that the same log query would answer. */
final class PipelineRowQueryTest {
  private static final PipelineLimits LIMITS = PipelineLimits.defaults(() -> 0, ZoneOffset.UTC);

  private static EntryBatch page() {
    EntryBatch batch = new EntryBatch();
    String[] lines = {"user=bob ms=5", "user=eve ms=50", "user=eve ms=7", "nothing"};
    for (int i = 0; i < lines.length; i++) {
      byte[] line = lines[i].getBytes(StandardCharsets.UTF_8);
      batch.add(
          batch.stream(Labels.of("app", "a")),
          i,
          line,
          0,
          line.length,
          batch.metadataSet(Labels.of("row", "r" + i)));
    }
    return batch;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{app=\"a\"}; 0 1 2 3",
        "{}; 0 1 2 3",
        "{app=\"a\"} |= \"eve\"; 1 2",
        "{app=\"a\"} != \"eve\" |~ \"b.b\"; 0",
        "{app=\"a\"} | row=\"r3\"; 3",
        "{app=\"a\"} | logfmt | user=\"eve\" | ms > 10; 1",
        "{app=\"a\"} |= \"absent\"; ''",
      })
  void picks(String query, String rows) {
    EntryBatch page = page();
    Selection selection = Selection.all(page.rowCount());
    PipelineRowQuery.compile(query, LIMITS).keepMatching(page, selection);
    StringBuilder picked = new StringBuilder();
    for (int i = 0; i < selection.count(); i++) {
      picked.append(i == 0 ? "" : " ").append(selection.row(i));
    }
    assertEquals(rows, picked.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{app=", "rate({app=\"a\"}[5m])", "{app=\"a\"} |~ \"(\""})
  void otherTextsAreRefused(String query) {
    SkaldException e =
        assertThrows(SkaldException.class, () -> PipelineRowQuery.compile(query, LIMITS));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertEquals("invalid query expression", e.getMessage());
  }

  @Test
  void knowsWholeStreams() {
    assertEquals(true, PipelineRowQuery.compile("{app=\"a\"}", LIMITS).isWholeStreams());
    assertEquals(false, PipelineRowQuery.compile("{app=\"a\"} |= \"x\"", LIMITS).isWholeStreams());
  }
}
