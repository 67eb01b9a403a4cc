package dev.skald.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that Grafana asks a Loki server for, one check after the other, against a real Skald process: once with the
 * lines in memory, and once more when they are flushed.
 */
final class GrafanaReplayTest {
  /** Fewer than one check asks for. */
  static final int SERIES_MAX = 20;

  private static final long MINUTE_SECONDS = 60;

  @TempDir static @Nullable Path directory;
  private static @Nullable SkaldProcess skald;
  private static @Nullable GrafanaClient client;

  @BeforeAll
  static void start() throws Exception {
    Path home = Objects.requireNonNull(directory);
    Files.writeString(
        home.resolve("config.yaml"),
        """
        auth_enabled: true
        querier: {multi_tenant_queries_enabled: true}
        limits_config: {max_query_series: %d}
        """
            .formatted(SERIES_MAX));
    skald = SkaldProcess.up(home, "-config.file=config.yaml");
    long now = System.currentTimeMillis() / 1000 / MINUTE_SECONDS * MINUTE_SECONDS;
    client = new GrafanaClient(skald.http(), now);
    HttpReply pushed =
        client.send(
            "POST",
            "/loki/api/v1/push",
            Map.of("Content-Type", "application/json"),
            GrafanaSeed.body(now));
    assertEquals(204, pushed.status(), pushed.text());
  }

  @AfterAll
  static void stop() throws Exception {
    if (client != null) {
      client.close();
    }
    if (skald != null) {
      skald.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> replay() {
    GrafanaClient grafana = Objects.requireNonNull(client);
    Stream<DynamicTest> inMemory = queries(grafana, "in memory");
    Stream<DynamicTest> flush =
        Stream.of(
            check(
                "flush",
                () -> assertEquals(204, grafana.send("POST", "/flush", Map.of(), null).status())));
    Stream<DynamicTest> flushed = queries(grafana, "flushed");
    return Stream.of(inMemory, flush, flushed, others(grafana)).flatMap(checks -> checks);
  }

  private static DynamicTest check(String name, Executable check) {
    return DynamicTest.dynamicTest(name, check);
  }

  private static Stream<DynamicTest> queries(GrafanaClient grafana, String where) {
    return Stream.of(
            metadata(new GrafanaMetadataChecks(grafana)),
            logs(new GrafanaLogChecks(grafana)),
            metrics(new GrafanaMetricChecks(grafana)),
            drilldown(new GrafanaDrilldownChecks(grafana)))
        .flatMap(List::stream)
        .map(check -> check(check.getDisplayName() + ", " + where, check.getExecutable()));
  }

  private static List<DynamicTest> metadata(GrafanaMetadataChecks checks) {
    return List.of(
        check("A1 save and test", checks::saveAndTest),
        check("A2 plus is a blank", checks::plusIsABlank),
        check("B1 labels", checks::labels),
        check("B2 labels of a selector", checks::labelsOfASelector),
        check("B3 values", checks::values),
        check("B4 values of a selector", checks::valuesOfASelector),
        check("B5 values of an unknown label", checks::valuesOfAnUnknownLabel),
        check("B6 shards", checks::thereAreNoShards),
        check("B7 series", checks::series),
        check("B8 index stats", checks::indexStats),
        check("B9 range of no width", checks::aRangeOfNoWidthIsThatInstant),
        check("B10 no parameters", checks::labelsWithoutParameters),
        check("B11 prefix twice", checks::aPrefixGivenTwiceIsForgiven));
  }

  private static List<DynamicTest> logs(GrafanaLogChecks checks) {
    return List.of(
        check("C1 categorized", checks::entriesAreCategorized),
        check("C2 rows", checks::rowsHaveThreeElements),
        check("C3 order of members", checks::membersComeInGrafanasOrder),
        check("C4 labels of streams", checks::streamsHaveTheirOwnLabelsOnly),
        check("C5 stats", checks::statsAreNumbers),
        check("C6 newest first", checks::newestFirst),
        check("C7 plain client", checks::plainClientsGetAllLabels),
        check("C8 limit", checks::theLimitIsOverAllStreams),
        check("C9 forward", checks::forward),
        check("C10 one nanosecond", checks::entriesOfOneNanosecondKeepTheirOrder),
        check("C11 odd bytes", checks::everyByteSurvives),
        check("C12 start and end", checks::theStartIsInAndTheEndIsOut),
        check("C13 split", checks::partsOfARangeJoin),
        check("C14 nothing", checks::nothingIsAnEmptyList),
        check("C15 data sample", checks::dataSample),
        check("C16 context before", checks::contextBefore),
        check("C17 context after", checks::contextAfter),
        check("C18 and C19 gzip", checks::answersAreCompressed),
        check("C20 comment and new line", checks::commentsAndNewLines),
        check("C21 empty filter", checks::anEmptyFilterKeepsAll),
        check("C22 long address", checks::aVeryLongAddress),
        check("E1 and E2 parse error", checks::parseErrorsAreText),
        check("E3 errors are not compressed", checks::errorsAreNotCompressed),
        check("E4 limit too high", checks::aLimitTooHigh),
        check("E5 instant log query", checks::anInstantLogQuery),
        check("E6 broken selector", checks::aBrokenSelector));
  }

  private static List<DynamicTest> metrics(GrafanaMetricChecks checks) {
    return List.of(
        check("D1 log volume", checks::logVolume),
        check("D2 grid", checks::pointsLieOnTheGrid),
        check("D3 11,000 points", checks::elevenThousandPoints),
        check("D4 instant", checks::instant),
        check("D5 infinity", checks::infinity),
        check("D5 not a number", checks::notANumber),
        check("D6 alert", checks::anAlertHasNoLimit),
        check("D7 unwrap", checks::unwrap),
        check("D8 blanks", checks::blanksAnywhere),
        check("D9 a day", checks::aRangeOfADay),
        check("G1 from a trace", checks::fromATrace),
        check("G2 from a trace, newer", checks::fromATraceInNewerVersions),
        check("G3 several values", checks::aVariableWithSeveralValues));
  }

  private static List<DynamicTest> drilldown(GrafanaDrilldownChecks checks) {
    return List.of(
        check("F1 limits", checks::limits),
        check("F2 services", checks::services),
        check("F3 service search", checks::serviceSearch),
        check("F4 detected labels", checks::detectedLabelsWithoutAQuery),
        check("F5 metadata", checks::metadataHasNullForParsers),
        check("F6 parsed field", checks::parsedFieldsSayHow),
        check("F7 path of a field", checks::jsonFieldsSayWhere),
        check("F8 values of a field", checks::fieldValues),
        check("F9 patterns", checks::patterns),
        check("F9 patterns find their lines", checks::patternsFindTheirLines),
        check("F10 pattern filter", checks::patternFilter),
        check("F11 filters", checks::filters),
        check("F12 JSON paths", checks::jsonPaths),
        check("F13 log count", checks::logCount),
        check("F14 too many series", checks::tooManySeriesAreCut));
  }

  /** These write, and so come last and once. */
  private static Stream<DynamicTest> others(GrafanaClient grafana) {
    GrafanaTailChecks tail = new GrafanaTailChecks(grafana, Objects.requireNonNull(skald).port());
    GrafanaRuleChecks rules = new GrafanaRuleChecks(grafana);
    return Stream.of(
        check("H1 and H2 tail", tail::newLinesArrive),
        check("H3 broken query", tail::aBrokenQueryIsRefusedBeforehand),
        check("H4 metric query", tail::aMetricQueryIsRefused),
        check("I1 to I3 state and alerts", rules::stateAndAlerts),
        check("I4 and I5 probe", rules::probe),
        check("I6 to I9 and I11 a group", rules::aGroupComesAndGoes),
        check("I10 slash in a name", rules::slashesInNames));
  }
}
