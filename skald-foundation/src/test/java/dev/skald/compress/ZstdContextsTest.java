package dev.skald.compress;

import static dev.skald.property.ForAll.forAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.ByteReader;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ZstdContextsTest {
  private final ZstdContexts zstd = new ZstdContexts();

  @AfterEach
  void close() {
    zstd.close();
  }

  private static byte[] content(Random random) {
    byte[] content = new byte[random.nextInt(5_000)];
    int symbols = 1 + random.nextInt(256);
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) random.nextInt(symbols);
    }
    return content;
  }

  private byte[] frame(ZstdLevel level, byte[] content) {
    byte[] target = new byte[ZstdContexts.boundBytes(content.length)];
    int written = zstd.compress(level, content, 0, content.length, target, 0);
    return Arrays.copyOf(target, written);
  }

  @Test
  void contentComesBackWithZerosBehindIt() {
    forAll(
        200,
        random -> {
          byte[] content = content(random);
          byte[] frame = frame(random.nextBoolean() ? ZstdLevel.LINES : ZstdLevel.COLUMNS, content);
          byte[] read = zstd.read(new ByteReader("x", frame), frame.length, content.length, 8);
          assertArrayEquals(Arrays.copyOf(content, content.length + 8), read);
        });
  }

  @Test
  void aFrameOfAnotherLengthIsCorrupt() {
    byte[] frame = frame(ZstdLevel.LINES, new byte[100]);
    ByteReader in = new ByteReader("segment/7", 50, frame, 0, frame.length);
    SkaldException e = assertThrows(SkaldException.class, () -> zstd.read(in, frame.length, 99, 0));
    assertEquals(
        "segment/7: corrupt at byte "
            + (50 + frame.length)
            + ": content of zstd frame: expected 99 bytes, was 100",
        e.getMessage());
  }

  @Test
  void noContentIsAFrameAndNoBytesAreNone() {
    byte[] frame = frame(ZstdLevel.COLUMNS, new byte[0]);
    assertEquals(0, zstd.read(new ByteReader("x", frame), frame.length, 0, 0).length);
    SkaldException e =
        assertThrows(
            SkaldException.class, () -> zstd.read(new ByteReader("x", new byte[0]), 0, 0, 0));
    assertEquals(ErrorKind.CORRUPT, e.kind());
  }

  @Test
  void randomOrDamagedBytesAreAValueOrCorrupt() {
    forAll(
        500,
        random -> {
          byte[] content = content(random);
          byte[] frame = frame(ZstdLevel.LINES, content);
          for (int i = random.nextInt(4); i >= 0; i--) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
          }
          byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
          try {
            zstd.read(new ByteReader("x", cut), cut.length, content.length, 0);
          } catch (SkaldException e) {
            assertEquals(ErrorKind.CORRUPT, e.kind());
          }
        });
  }

  @Test
  void levelsDoNotLeakIntoEachOther() {
    byte[] lines = "level=info msg=\"request served\" path=/items\n".repeat(500).getBytes(UTF_8);
    byte[] before = frame(ZstdLevel.COLUMNS, lines);
    frame(ZstdLevel.LINES, lines);
    assertArrayEquals(before, frame(ZstdLevel.COLUMNS, lines));
  }

  @Test
  void aContextCanBeUsedAfterClosingAndIsFreed() {
    byte[] content = new byte[10];
    byte[] frame = frame(ZstdLevel.COLUMNS, content);
    zstd.close();
    assertArrayEquals(content, zstd.read(new ByteReader("x", frame), frame.length, 10, 0));
    assertTrue(frame(ZstdLevel.COLUMNS, content).length > 0);
  }
}
