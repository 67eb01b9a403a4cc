package dev.skald.grep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class VectorWarmUpTest {
  /** It would end before the text does if a finder found something. */
  @Test
  void everyFinderGoesThroughTheWholeText() {
    int finders = 5;
    assertEquals(200L * finders * (16 << 10), VectorWarmUp.run());
  }
}
