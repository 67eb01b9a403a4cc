package dev.skald.query.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.query.LanguageParts;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No part of the language is never asked of the engine and the plain path. */
final class RandomQueriesCoverLanguageTest {
  /** So many queries of a build's ten thousand have every part of the language among them. */
  private static final int QUERIES = 5_000;

  private static final LanguageParts PARTS = new LanguageParts();

  private static int thinned;

  @BeforeAll
  static void readQueries() {
    Random random = new Random(20_261_120L);
    for (int i = 0; i < QUERIES; i++) {
      Question question = Question.random(random);
      PARTS.read(question.expr());
      thinned += question.params().intervalNanos() > 0 ? 1 : 0;
    }
  }

  static Stream<Class<?>> types() {
    return LanguageParts.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyPartIsAsked(Class<?> type) {
    assertEquals(Set.of(), PARTS.missing(type));
  }

  @Test
  void ordersAndIntervalsAreAsked() {
    assertTrue(PARTS.hasOrdering(), "order by");
    assertTrue(thinned > 0, "interval");
  }
}
