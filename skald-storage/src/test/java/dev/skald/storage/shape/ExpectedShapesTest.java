package dev.skald.storage.shape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.model.Shape;
import dev.skald.model.Shape.SlotKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ExpectedShapes} against the splitter, which is its plain twin. */
final class ExpectedShapesTest {
  /** Lines are made of these: what splitters stumble over. */
  private static final List<String> PIECES =
      List.of(
          " ",
          " ",
          " ",
          "error",
          "for",
          "user",
          "é",
          "17",
          "0x1f",
          "a1",
          "1.5",
          "10.0.0.7",
          "10.",
          "12:34:56",
          "2026-11-21",
          "2026-11-21 12:34:56,789",
          "2026-11-21T12:34:56Z",
          "\"",
          "\"said\"",
          "\"a \\\" b\"",
          "\\",
          "\\n",
          "\\\"",
          "=",
          "==",
          "key=",
          "key=7",
          "key=a,",
          "key=\"two words\"",
          "key=\"open",
          "k1=v1",
          ":",
          ",",
          "[",
          "]",
          "/",
          "-",
          "_",
          "");

  private final TextSplitter splitter = new TextSplitter(1);
  private final SplitLine slots = new SplitLine();
  private final ExpectedShapes expected = new ExpectedShapes();

  /** Bit {@code w} is set if the {@code w}-th word of a line is a slot. */
  private final long[] slotWords = new long[1];

  private KnownShape splitPlainly(byte[] line) {
    assertTrue(splitter.split(line, 0, line.length));
    splitter.choose(line, slotWords, slots);
    byte[][] texts = new byte[slots.count + 1][];
    int from = 0;
    for (int i = 0; i < slots.count; i++) {
      texts[i] = Arrays.copyOfRange(line, from, slots.starts[i]);
      from = slots.ends[i];
    }
    texts[slots.count] = Arrays.copyOfRange(line, from, line.length);
    int[] columns = new int[slots.count];
    Arrays.setAll(columns, i -> i);
    List<SlotKind> kinds = Collections.nCopies(slots.count, SlotKind.TEXT);
    return KnownShape.ofText(new Shape(texts, kinds), columns, slots.forms());
  }

  private KnownShape expect(String line) {
    KnownShape known = splitPlainly(line.getBytes(UTF_8));
    expected.add(known);
    return known;
  }

  private @Nullable KnownShape split(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return expected.split(bytes, 0, bytes.length, slots);
  }

  @Test
  void aLineOfTheSameShapeIsTakenApart() {
    KnownShape known = expect("10:00:00 INFO took 17 ms, user=\"ann b\" id=x7");
    assertEquals(known, split("11:22:33.444 INFO took 1.5 ms, user=\"\" id="));
    assertEquals("[0, 23, 37, 42][12, 26, 37, 42]", slots.toString());
  }

  @Test
  void wordsThatAreSlotsTakeWords() {
    slotWords[0] = 0b10;
    KnownShape known = expect("user ann logged in");
    assertEquals(known, split("user bob logged in"));
    assertNull(split("user b0b logged in"), "that is a number: another shape");
    assertNull(split("user bob=1 logged in"), "that is a key");
    assertNull(split("user  logged in"));
  }

  @Test
  void anotherTextIsNotExpected() {
    expect("took 17 ms");
    assertNull(split("took 17 s"));
    assertNull(split("took 17 msec"));
    assertNull(split("took ms"));
    assertNull(split("took 17"));
    assertNull(split(""));
  }

  /** What follows may close it. */
  @Test
  void aShapeWithAnOpenQuoteIsNotExpected() {
    expect("5\" disk 7");
    assertNull(split("5\" disk 7"));
  }

  @Test
  void whatIsRemovedIsExpectedNoMoreAndTheRestIs() {
    KnownShape first = expect("read 1 of 2");
    KnownShape second = expect("read 1 from 2");
    expected.remove(first);
    assertNull(split("read 3 of 4"));
    assertEquals(second, split("read 3 from 4"));
    expected.remove(second);
    assertNull(split("read 3 from 4"));
    KnownShape again = expect("read 1 of 2");
    assertEquals(again, split("read 5 of 6"));
  }

  @Test
  void thereMayBeMoreShapesThanAreRemembered() {
    for (int i = 0; i < 1000; i++) {
      expect("x".repeat(1 + i) + " 1");
    }
    KnownShape last = expect("the last one 1");
    assertEquals(last, split("the last one 2"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0b1, 0b1010, ~0L})
  void slotsAndShapesAreThoseOfTheSplitter(long words) {
    slotWords[0] = words;
    long seed = 20261121 + words;
    Random random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(7); n >= 0; n--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      byte[] line = text.toString().getBytes(UTF_8);
      KnownShape found = expected.split(line, 0, line.length, slots);
      int[] starts = Arrays.copyOf(slots.starts, slots.count);
      int[] ends = Arrays.copyOf(slots.ends, slots.count);
      KnownShape plain = splitPlainly(line);
      if (found == null) {
        expected.add(plain);
        continue;
      }
      taken++;
      String told = "seed " + seed + ", line " + i + ": " + text;
      assertArrayEquals(Arrays.copyOf(slots.starts, slots.count), starts, told);
      assertArrayEquals(Arrays.copyOf(slots.ends, slots.count), ends, told);
      assertEquals(plain.shape(), found.shape(), told);
    }
    assertTrue(taken > 5_000, "too few lines were expected: " + taken);
  }
}
