package dev.skald.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.error.SkaldException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutesTest {
  private static final Endpoint OK = exchange -> Reply.empty(204);

  private final Routes routes =
      new Routes("/logs")
          .getOrPost("/loki/api/v1/label/{name}/values", OK)
          .post("/loki/api/v1/push", OK)
          .get("/ready", OK);

  @Test
  void findsByPathAndMethod() {
    Routes.Found found = routes.find("GET", "/logs/loki/api/v1/label/a%2Fb+c/values").orElseThrow();
    assertEquals(Map.of("name", "a/b+c"), found.matched().variables());
    assertTrue(found.route().allows("GET"));
    assertFalse(routes.find("GET", "/logs/loki/api/v1/push").orElseThrow().route().allows("GET"));
  }

  @ParameterizedTest
  @CsvSource({"/ready", "/logs/ready/", "/logs/loki/api/v1/label//values", "/logs", "/logsready"})
  void otherPathsAreNotFound(String path) {
    assertTrue(routes.find("GET", path).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "/loki/api/v1/label/{name}/values, loki_api_v1_label_name_values",
    "/ready, ready",
    "/, root",
  })
  void namesForMetrics(String template, String name) {
    assertEquals(name, Routes.metricName(template));
  }

  @Test
  void parametersAreReadAsGoReadsThem() {
    Parameters parameters = new Parameters();
    parameters.addAll("query=%7Ba%3D%22b%22%7D+%7C&match[]=x&match[]=y&empty&=z");
    assertEquals("{a=\"b\"} |", parameters.first("query"));
    assertEquals(List.of("x", "y"), parameters.all("match[]"));
    assertTrue(parameters.has("empty"));
    assertEquals("", parameters.first("absent"));
  }

  @ParameterizedTest
  @CsvSource({
    "query=%zz, invalid URL escape \"%zz\"",
    "query=%4, invalid URL escape \"%4\"",
    "query=vector(1);x=1, invalid semicolon separator in query",
  })
  void refusesWhatGoRefuses(String query, String message) {
    SkaldException error = assertThrows(SkaldException.class, () -> new Parameters().addAll(query));
    assertEquals(message, error.getMessage());
  }
}
