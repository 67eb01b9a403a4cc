package dev.skald.logql.engine;

import static dev.skald.logql.engine.Extended.line;
import static dev.skald.logql.engine.Extended.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.Labels;
import org.junit.jupiter.api.Test;

/** Selectors that every stream may satisfy. */
final class UnselectiveSelectorTest {
  private static final MemoryPages PAGES =
      Extended.pages(
          line(Labels.of("app", "web"), 1, "web error"),
          line(Labels.of("app", "test-1"), 2, "test"),
          line(Labels.of("job", "cron"), 3, "cron error"));

  @Test
  void braceAndBraceSelectAll() {
    assertEquals("web error, test, cron error", lines("{}", PAGES));
    assertEquals("web error, cron error", lines("{} |= \"error\"", PAGES));
  }

  @Test
  void aMissingLabelIsEmpty() {
    assertEquals("test, cron error", lines("{app!=\"web\"}", PAGES));
    assertEquals("web error, cron error", lines("{app!~\"test-.*\"}", PAGES));
    assertEquals("web error, test, cron error", lines("{app=~\".*\"}", PAGES));
  }

  @Test
  void metricQueriesMayUseIt() {
    assertEquals("{} => 3.0", Extended.vector("sum(count_over_time({}[1h]))", PAGES));
    assertEquals(
        "{} => 1.0; {app=\"web\"} => 1.0",
        Extended.vector("sum by (app) (count_over_time({app!~\"test-.*\"}[1h]))", PAGES));
  }
}
