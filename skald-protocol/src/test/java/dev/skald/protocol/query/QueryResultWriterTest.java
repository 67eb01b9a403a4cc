package dev.skald.protocol.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.model.Direction;
import dev.skald.model.Labels;
import dev.skald.model.QueryResult;
import dev.skald.model.QueryStats;
import dev.skald.model.ResultEntry;
import dev.skald.model.ResultStream;
import dev.skald.model.Sample;
import dev.skald.model.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Shapes of spec http-api.md 3.3 to 3.7. */
final class QueryResultWriterTest {
  private static final Labels WEB = Labels.of("app", "web");
  private static final ResponseFormat PLAIN = new ResponseFormat(List.of(), Direction.BACKWARD);
  private static final ResponseFormat CATEGORIZED =
      new ResponseFormat(List.of("categorize-labels"), Direction.BACKWARD);

  private static final QueryResult LOGS =
      new QueryResult.Streams(
          List.of(
              new ResultStream(
                  WEB,
                  List.of(
                      new ResultEntry(2, "b<&>", Labels.of("id", "7"), Labels.EMPTY),
                      new ResultEntry(1, "a", Labels.EMPTY, Labels.of("app", "x"))))));

  private static String data(QueryResult result, ResponseFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    QueryResultWriter.writeResult(out, result, QueryStats.NONE, List.of(), format);
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("{\"status\":\"success\",\"data\":{"), text);
    assertTrue(text.endsWith("}}\n"), text);
    int stats = text.indexOf(",\"stats\":{\"summary\":{\"bytesProcessedPerSecond\":0,");
    return text.substring("{\"status\":\"success\",\"data\":{".length(), stats);
  }

  @Test
  void entriesAreGroupedByAllTheirLabels() throws IOException {
    assertEquals(
        "\"resultType\":\"streams\",\"result\":["
            + "{\"stream\":{\"app\":\"web\",\"id\":\"7\"},\"values\":[[\"2\",\"b\\u003c\\u0026\\u003e\"]]},"
            + "{\"stream\":{\"app\":\"x\"},\"values\":[[\"1\",\"a\"]]}]",
        data(LOGS, PLAIN));
  }

  /** Runs of entries; streams stand by their first entry, and nothing is sorted. */
  @Test
  void anOrderThatWasAskedForIsKept() throws IOException {
    Labels db = Labels.of("app", "db");
    QueryResult runs =
        new QueryResult.Streams(
            List.of(
                new ResultStream(WEB, List.of(new ResultEntry(1, "a", Labels.EMPTY, Labels.EMPTY))),
                new ResultStream(db, List.of(new ResultEntry(2, "b", Labels.EMPTY, Labels.EMPTY))),
                new ResultStream(
                    WEB, List.of(new ResultEntry(3, "c", Labels.EMPTY, Labels.EMPTY)))),
            QueryResult.Streams.Order.AS_GIVEN);
    assertEquals(
        "\"resultType\":\"streams\",\"result\":["
            + "{\"stream\":{\"app\":\"web\"},\"values\":[[\"1\",\"a\"],[\"3\",\"c\"]]},"
            + "{\"stream\":{\"app\":\"db\"},\"values\":[[\"2\",\"b\"]]}]",
        data(runs, PLAIN));
  }

  @Test
  void categoriesStandAtTheEntry() throws IOException {
    assertEquals(
        "\"resultType\":\"streams\",\"encodingFlags\":[\"categorize-labels\"],\"result\":["
            + "{\"stream\":{\"app\":\"web\"},\"values\":["
            + "[\"2\",\"b\\u003c\\u0026\\u003e\",{\"structuredMetadata\":{\"id\":\"7\"}}],"
            + "[\"1\",\"a\",{\"parsed\":{\"app\":\"x\"}}]]}]",
        data(LOGS, CATEGORIZED));
  }

  @Test
  void metricsAreSecondsAndTexts() throws IOException {
    Series series = new Series(WEB, List.of(new Sample(1500, 2), new Sample(3000, 0.25)));
    assertEquals(
        "\"resultType\":\"matrix\",\"result\":["
            + "{\"metric\":{\"app\":\"web\"},\"values\":[[1.5,\"2\"],[3,\"0.25\"]]}]",
        data(new QueryResult.Matrix(List.of(series)), PLAIN));
    assertEquals(
        "\"resultType\":\"vector\",\"result\":[{\"metric\":{\"app\":\"web\"},\"value\":[1.5,\"2\"]}]",
        data(new QueryResult.Vector(List.of(series)), PLAIN));
    assertEquals(
        "\"resultType\":\"scalar\",\"result\":[1,\"3\"]",
        data(new QueryResult.Scalar(new Sample(1000, 3)), PLAIN));
  }

  @Test
  void listsOfNames() throws IOException {
    assertEquals("{\"status\":\"success\"}\n", names(Set.of()));
    assertEquals(
        "{\"status\":\"success\",\"data\":[\"a\",\"b\"]}\n",
        names(new TreeSet<>(Set.of("b", "a"))));
  }

  private static String names(Set<String> names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    QueryResultWriter.writeNames(out, names);
    return out.toString(StandardCharsets.UTF_8);
  }
}
