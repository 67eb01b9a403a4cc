package dev.skald.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class QueryTagsTest {
  @Test
  void pairsInLowerCase() {
    assertEquals(
        Map.of("source", "grafana-lokiexplore-app", "user", "a@b.c"),
        QueryTags.parse("Source=grafana-lokiexplore-app, User=a@b.c"));
  }

  @Test
  void whatIsNoPairIsLeftOut() {
    assertEquals(Map.of("b", ""), QueryTags.parse("a,=x,b=,"));
  }

  @Test
  void oddCharactersBecomeUnderscores() {
    assertEquals(Map.of("a_b", "1_2=3"), QueryTags.parse("a/b=1\n2=3"));
  }
}
