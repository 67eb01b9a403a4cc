package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.IpPattern;
import dev.skald.property.ForAll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class IpFilterTest {
  private static final List<String> PATTERNS =
      List.of("10.0.0.0/8", "0.0.0.0/0", "10.1.2.3", "::/0", "1::/16");
  private static final List<String> PIECES =
      List.of(
          "10.1.2.3", "10.", "1", "255", "2001:db8::1", "a", "f", "g", ".", ":", "::", " ", "é");

  /** Where an address may begin, and how far it reaches: the spec in an expression of its own. */
  private static final Pattern RUN =
      Pattern.compile(
          "(?s)(?=[0-9].{3})(?=.\\.|..\\.|...\\.)[0-9.]+"
              + "|(?=[0-9a-fA-F]{1,4}:|::[0-9a-fA-F])[0-9a-fA-F:.]+");

  /** Random text of what addresses are made of. */
  @Test
  void findsWhatTheSpecSays() {
    ForAll.forAll(100_000, IpFilterTest::check);
  }

  private static void check(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(14); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    byte[] line = ByteSlice.utf8(text.toString());
    String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
    assertEquals(
        isIn(new String(line, StandardCharsets.ISO_8859_1), IpPattern.parse(pattern).orElseThrow()),
        IpFilter.compile(pattern).matches(line, 0, line.length),
        pattern + " in " + text);
  }

  private static boolean isIn(String line, IpPattern addresses) {
    Matcher runs = RUN.matcher(line);
    while (runs.find()) {
      if (addresses.matches(runs.group())) {
        return true;
      }
    }
    return false;
  }
}
