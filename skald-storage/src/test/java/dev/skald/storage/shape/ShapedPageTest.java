package dev.skald.storage.shape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.Needle;
import dev.skald.model.Selection;
import dev.skald.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are taken apart come back byte for byte, and a literal is found exactly where it stands. */
class ShapedPageTest {
  private static final String[] PIECES = {
    "{",
    "}",
    "\"",
    "\\",
    ":",
    ",",
    "[",
    "]",
    " ",
    "=",
    "a",
    "b",
    "error",
    "Error",
    "ok",
    "user",
    "1",
    "42",
    "0.5",
    "007",
    "10.0.0.7",
    "2026-01-02",
    "15:04:05.123",
    "2026-01-02T15:04:05.123Z",
    "\"level\":\"info\"",
    "{\"a\":1}",
    "{\"a\":\"x\",\"b\":[1,2]}",
    "{\"a\":{\"b\":null,\"c\":true},\"d\":-1.5e3}",
    "level=warn",
    "msg=\"took 3 ms\"",
    "x=",
    "\u00e9",
    "\0",
    "\t",
    "\r\n",
    "deadbeef01",
    "%",
    "(",
    ")",
    "-",
    "_",
    "/api/v1/users/17",
    "{\"a\":\"q\\\"uote\"}"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "plain words only",
        "{}",
        "{\"a\":1}",
        "{\"a\":1} ",
        "{\"a\":1,\"a\":2}",
        "{\"a\":\"x\\\"y\",\"b\":{\"c\":[1,{\"d\":2}]}}",
        "{\"a\":01}",
        "{\"a\":nul}",
        "{\"a\":1",
        "{\"a\" : \"b\" , \"c\":{}}",
        "k=v k=\"quoted value\" k= k",
        "a=b=c ==",
        "\"unclosed",
        "trailing \\",
        "2026-01-02 03:04:05,678 INFO [main] took 31ms",
        "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 203023 \"-\" \"Mozilla/5.0\"",
      })
  void keepsEachLine(String line) {
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lines.add(line.getBytes(StandardCharsets.UTF_8));
    }
    lines.add("another 5".getBytes(StandardCharsets.UTF_8));
    check(lines);
  }

  /** What is rare is kept as a beginning that others share, and a rest. */
  @Test
  void aRareLineHasTheColumnsOfItsBeginning() {
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String time = String.format(Locale.ROOT, "2026-01-02 15:04:%02d", i);
      lines.add((time + " host accepted connection " + i).getBytes(StandardCharsets.UTF_8));
    }
    for (String rest :
        List.of("started", "stopped: (7)", "is \"new\" here", "5 (of 6) [x] failed")) {
      lines.add(("2026-01-02 15:04:59 host " + rest).getBytes(StandardCharsets.UTF_8));
    }
    check(lines);
    try (ShapedPages pages = new ShapedPages()) {
      ShapedPage page = pages.write(lines).page();
      assertEquals(2, page.shapeCount());
      assertEquals(List.of("", " host accepted connection ", ""), texts(page.shape(0)));
      assertEquals(List.of("", " ", ""), texts(page.shape(1)));
      assertEquals(lines.size(), page.directory().columns().getFirst().valueCount());
    }
  }

  private static List<String> texts(Shape shape) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i <= shape.slotCount(); i++) {
      texts.add(ShapedPages.text(shape.text(i)));
    }
    return texts;
  }

  @Test
  void keepsRandomLines() {
    for (int seed = 0; seed < 300; seed++) {
      check(randomLines(new Random(seed)));
    }
  }

  private static void check(List<byte[]> lines) {
    try (ShapedPages pages = new ShapedPages()) {
      ShapedPage page = pages.write(lines).page();
      for (int row = 0; row < lines.size(); row++) {
        assertArrayEquals(lines.get(row), ShapedPages.line(page, row), "row " + row);
      }
    }
  }

  @Test
  void findsLiteralsAsTheLinesSay() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<byte[]> lines = randomLines(random);
      try (ShapedPages pages = new ShapedPages()) {
        ShapedPage page = pages.write(lines).page();
        for (int i = 0; i < 20; i++) {
          Needle needle = randomNeedle(random, lines);
          BitSet found = new BitSet();
          new ShapeSearch(page, needle).find(Selection.all(lines.size()), found);
          for (int row = 0; row < lines.size(); row++) {
            assertEquals(
                holds(lines.get(row), needle),
                found.get(row),
                "seed "
                    + seed
                    + " row "
                    + row
                    + " «"
                    + ShapedPages.text(lines.get(row))
                    + "» needle "
                    + needle.how()
                    + needle.letterCase()
                    + " «"
                    + ShapedPages.text(needle.bytes())
                    + "»");
          }
        }
      }
    }
  }

  private static boolean holds(byte[] line, Needle needle) {
    String text = ShapedPages.text(line);
    if (needle.letterCase() == Needle.LetterCase.FOLDED) {
      StringBuilder lower = new StringBuilder();
      text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c | 0x20 : c)));
      text = lower.toString();
    }
    String what = ShapedPages.text(needle.bytes());
    return switch (needle.how()) {
      case ANYWHERE -> text.contains(what);
      case AT_START -> text.startsWith(what);
      case AT_END -> text.endsWith(what);
      case WHOLE -> text.equals(what);
    };
  }

  private static Needle randomNeedle(Random random, List<byte[]> lines) {
    byte[] line = lines.get(random.nextInt(lines.size()));
    int from = random.nextInt(line.length + 1);
    int to = from + random.nextInt(line.length + 1 - from);
    String text = ShapedPages.text(line).substring(from, to);
    Needle.Place[] places = Needle.Place.values();
    boolean folded = random.nextInt(3) == 0;
    if (random.nextInt(4) == 0) {
      text += PIECES[random.nextInt(PIECES.length)];
    }
    if (folded) {
      text = ascii(text).toLowerCase(Locale.ROOT);
    }
    return new Needle(
        places[random.nextInt(places.length)],
        folded ? Needle.LetterCase.FOLDED : Needle.LetterCase.EXACT,
        text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String ascii(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().filter(c -> c < 0x80).forEach(c -> out.append((char) c));
    return out.toString();
  }

  /** Lines of few sentences, so that shapes are shared, and some of nothing but noise. */
  private static List<byte[]> randomLines(Random random) {
    int sentences = 1 + random.nextInt(8);
    List<List<String>> templates = new ArrayList<>();
    for (int i = 0; i < sentences; i++) {
      List<String> template = new ArrayList<>();
      for (int k = random.nextInt(8); k >= 0; k--) {
        template.add(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextBoolean()) {
          template.add(" ");
        }
      }
      templates.add(template);
    }
    List<byte[]> lines = new ArrayList<>();
    for (int row = random.nextInt(60); row >= 0; row--) {
      StringBuilder line = new StringBuilder();
      for (String piece : templates.get(random.nextInt(sentences))) {
        boolean varies = random.nextInt(5) == 0;
        line.append(varies ? PIECES[random.nextInt(PIECES.length)] : piece);
        if (random.nextInt(6) == 0) {
          line.append(random.nextInt(1000));
        }
      }
      lines.add(line.toString().getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }
}
