package dev.skald.bytes;

import java.util.Random;

/** Text of every kind that a Java string can hold. */
final class RandomText {
  private RandomText() {}

  static String of(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(0x80));
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.append((char) (0xd800 + random.nextInt(0x800)));
        case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x1000));
        default -> text.append("plain");
      }
    }
    return text.toString();
  }
}
