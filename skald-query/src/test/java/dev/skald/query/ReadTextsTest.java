package dev.skald.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.TenantId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small words of the read path. */
final class ReadTextsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "9, 9 B",
    "12, 12 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "10240, 10 KiB",
    "214748364800, 200 GiB",
    "9223372036854775807, 8.0 EiB"
  })
  void sizes(long bytes, String text) {
    assertEquals(text, ReadSize.text(bytes));
  }

  @Test
  void valuesThatSaySomething() {
    assertTrue(IdText.isTelling(Set.of("web", "7")));
    assertTrue(IdText.isTelling(Set.of("0", "1")));
    assertTrue(IdText.isTelling(Set.of("1")));
    assertTrue(IdText.isTelling(Set.of("1.2.3")));
    assertFalse(IdText.isTelling(Set.of("200", "404")));
    assertFalse(IdText.isTelling(Set.of("-1.5e3")));
    assertFalse(
        IdText.isTelling(
            Set.of(
                "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                "6BA7B8109DAD11D180B400C04FD430C8",
                "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}",
                "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8")));
    assertTrue(IdText.isTelling(Set.of("6ba7b810-9dad-11d1-80b4-00c04fd430cg")));
  }

  @Test
  void tenantsAreALabelWhenThereAreSeveral() {
    TenantId tenant = new TenantId("t");
    assertEquals(
        Labels.of("__tenant_id__", "t", "app", "a"), TenantLabel.on(Labels.of("app", "a"), tenant));
    assertEquals(
        Labels.of("__tenant_id__", "t", "original___tenant_id__", "own"),
        TenantLabel.on(Labels.of("__tenant_id__", "own"), tenant));
  }

  @Test
  void matchersOnTheTenantChooseTenants() {
    List<TenantId> all = List.of(new TenantId("a"), new TenantId("b"), new TenantId("c"));
    List<Matcher> matchers =
        List.of(
            new Matcher("__tenant_id__", Matcher.Op.REGEX, "a|b"),
            new Matcher("__tenant_id__", Matcher.Op.NOT_EQUAL, "a"),
            Matcher.equal("app", "x"),
            Matcher.equal("original___tenant_id__", "own"));
    assertEquals(List.of(new TenantId("b")), TenantLabel.matching(all, matchers));
    assertEquals(
        List.of(Matcher.equal("app", "x"), Matcher.equal("__tenant_id__", "own")),
        TenantLabel.without(matchers));
  }

  @Test
  void ofSeveralTenantsTheStricterLimitCounts() {
    QueryLimits defaults = QueryLimits.defaults();
    RequestLimits own = new RequestLimits(5, 0, 7, 10_000, 0, List.of("env"), 2, 0);
    QueryLimits both = defaults.and(own);
    assertEquals(5, both.queryLengthNanosMax());
    assertEquals(7, both.queryLookbackNanosMax());
    assertEquals(5000, both.entriesPerQueryMax(), "a request cannot ask for more");
    assertEquals(500, both.querySeriesMax());
    assertEquals(List.of("env"), both.requiredLabels());
    assertEquals(2, both.labelsMin());
    assertEquals(0, both.reads().bytesMax());
    assertEquals(defaults.queryTimeoutNanos(), both.queryTimeoutNanos());
  }
}
