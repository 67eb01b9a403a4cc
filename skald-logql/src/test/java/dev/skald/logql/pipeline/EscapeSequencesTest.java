package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.property.ForAll;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EscapeSequencesTest {
  private static final String PIECES = "[]()#;?0123456789;;;09azAQRZmc=><~\u0007\u0007 é\u00a7";

  /** Random text of what sequences are made of, long runs of one byte too, and broken UTF-8. */
  @Test
  void readsWhatTheExpressionDefines() {
    ForAll.forAll(Integer.getInteger("skald.pairs", 100_000), EscapeSequencesTest::check);
  }

  private static void check(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      char piece = PIECES.charAt(random.nextInt(PIECES.length()));
      switch (random.nextInt(12)) {
        case 0, 1 -> text.append('\u001b');
        case 2 -> text.append('\u009b');
        case 3 -> text.append(String.valueOf(piece).repeat(random.nextInt(7)));
        default -> text.append(piece);
      }
    }
    byte[] line = ByteSlice.utf8(text.toString());
    if (random.nextInt(4) == 0 && line.length > 0) {
      line[random.nextInt(line.length)] = (byte) (0x80 + random.nextInt(0x80));
    }
    byte[] expected = new byte[line.length + 3];
    byte[] found = new byte[line.length + 3];
    int expectedEnd = EscapeSequences.removePlainly(line, 0, line.length, expected, 3);
    int first = EscapeSequences.candidate(line, 0, line.length);
    int foundEnd = EscapeSequences.remove(line, 0, first, line.length, found, 3);
    assertEquals(
        ByteSlice.text(expected, 3, expectedEnd),
        ByteSlice.text(found, 3, foundEnd),
        text.toString());
  }
}
