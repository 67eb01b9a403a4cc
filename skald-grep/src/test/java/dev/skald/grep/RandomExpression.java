package dev.skald.grep;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Expressions and texts over the same few characters, so that matches and near misses are common.
 */
final class RandomExpression {
  private static final String[] ATOMS = {
    "a",
    "b",
    "ab",
    "K",
    "s",
    "é",
    "\u212A",
    " ",
    "\\n",
    ".",
    "\\d",
    "\\w",
    "\\W",
    "\\s",
    "[ab]",
    "[^a]",
    "[a-c1]",
    "[[:alpha:]]",
    "^",
    "$",
    "\\b",
    "\\B",
    "\\A",
    "\\z",
    "7",
    "[^\\w]",
    "error",
    "\\x61",
    "\\.",
    "(?i:aK)",
    "(?s:.)",
    "(?m:^)",
    "(?m:$)",
    "é+",
    ".*",
    ".+",
    "[45]\\d",
    "\\x{fffd}"
  };
  private static final String[] REPETITIONS = {"*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?"};
  private static final String[] PIECES = {
    "a", "b", "A", "B", "k", "K", "s", "S", "\u212A", "\u017F", "é", "É", " ", "\n", "7", "_", ".",
    "error", "ERROR", "ab", "c", "4", "\ufffd"
  };

  private final Random random;

  RandomExpression(Random random) {
    this.random = random;
  }

  String next() {
    return (random.nextInt(3) == 0 ? "(?i)" : "") + alternation(3);
  }

  private String alternation(int depth) {
    StringBuilder text = new StringBuilder(concatenation(depth));
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append('|').append(concatenation(depth));
    }
    return text.toString();
  }

  private String concatenation(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      boolean group = depth > 0 && random.nextInt(4) == 0;
      text.append(
          group
              ? (random.nextBoolean() ? "(" : "(?:") + alternation(depth - 1) + ")"
              : ATOMS[random.nextInt(ATOMS.length)]);
      if (random.nextInt(3) == 0) {
        text.append(REPETITIONS[random.nextInt(REPETITIONS.length)]);
      }
    }
    return text.toString();
  }

  /** Short as a rule; now and then so long that vectors are used. */
  byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int pieces = random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(12);
    for (int i = pieces; i > 0; i--) {
      if (random.nextInt(30) == 0) {
        text.write(0x80 + random.nextInt(0x80)); // a byte that is no UTF-8
      } else {
        text.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
      }
    }
    return text.toByteArray();
  }
}
