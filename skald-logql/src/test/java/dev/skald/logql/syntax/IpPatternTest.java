package dev.skald.logql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.property.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IpPatternTest {
  private static final List<String> PATTERNS =
      List.of("10.0.0.0/8", "0.0.0.0/0", "1.2.3.4", "200.0.0.0-255.255.255.255", "::/0", "1::/16");
  private static final List<String> PIECES =
      List.of(
          "0", "1", "10", "00", "01", "255", "256", "4", ".", ".", ".", ".", ":", "::", "a", "");

  /** Text and bytes are read alike; near misses among them. */
  @Test
  void readsBytesAsText() {
    ForAll.forAll(100_000, IpPatternTest::check);
  }

  private static void check(Random random) {
    StringBuilder text = new StringBuilder();
    boolean isPlain = random.nextBoolean();
    for (int i = isPlain ? 7 : random.nextInt(12); i > 0; i--) {
      text.append(
          isPlain && i % 2 == 0 ? "." : PIECES.get(random.nextInt(isPlain ? 8 : PIECES.size())));
    }
    String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
    IpPattern addresses = IpPattern.parse(pattern).orElseThrow();
    byte[] bytes = ("1" + text + "1").getBytes(StandardCharsets.UTF_8);
    assertEquals(
        addresses.matches(text.toString()),
        addresses.matches(bytes, 1, bytes.length - 1),
        pattern + " of " + text);
  }
}
