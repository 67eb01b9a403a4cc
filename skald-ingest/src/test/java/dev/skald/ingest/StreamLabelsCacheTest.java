package dev.skald.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.SharedLabels;
import dev.skald.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamLabelsCacheTest {
  private final StreamLabelsCache cache =
      new StreamLabelsCache(
          new StreamResolver(new TenantId("t"), IngestLimits.DEFAULTS, new SharedLabels()), 42);

  private ResolvedStream of(String labelText) {
    byte[] text = ("x" + labelText).getBytes(StandardCharsets.UTF_8);
    return cache.of(text, 1, text.length);
  }

  @Test
  void aStreamThatComesAgainIsTheSameObject() {
    ResolvedStream first = of("{app='a'}");
    assertEquals(Labels.of("app", "a", "service_name", "a"), first.labels());
    assertSame(first, of("{app='a'}"));
    ResolvedStream fromList = cache.of(List.of(new Label("app", "a")));
    assertEquals(first.labels(), fromList.labels());
    assertSame(fromList, cache.of(List.of(new Label("app", "a"))));
  }

  @Test
  void listsThatReadAlikeAreNotMixedUp() {
    Labels one = cache.of(List.of(new Label("a", "b1:c"))).labels();
    Labels two = cache.of(List.of(new Label("a", "b"), new Label("c", ""))).labels();
    assertEquals("b1:c", one.get("a"));
    assertEquals("b", two.get("a"));
    assertEquals(Labels.of("service_name", "unknown_service"), cache.of(List.of()).labels());
    assertEquals(Labels.of("service_name", "unknown_service"), of("").labels());
  }

  @Test
  void whatWasNotAskedForLongIsForgotten() {
    ResolvedStream first = of("{app='first'}");
    String value = "x".repeat(2_000);
    for (int i = 0; i < 2 * 4_300; i++) { // two generations of 8 Mi characters
      Labels labels = of("{app='" + i + "', y=`" + value + "`}").labels();
      assertEquals(Integer.toString(i), labels.get("app"));
    }
    assertNotSame(first, of("{app='first'}"));
    assertEquals(first.labels(), of("{app='first'}").labels());
  }
}
