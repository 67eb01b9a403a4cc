package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.model.EntryBatch;
import dev.skald.model.Selection;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines are bytes: whatever they are, a stage reads them without failing, and never beyond their ends. */
final class AnyBytesTest {
  private static final byte[] TELLING =
      ByteSlice.utf8("{}[]\":,=\\ \n1.u0a-\u001b\u009b[m\uFFFDé😀");

  static Stream<String> stages() {
    return Stream.of(
        "| json",
        "| json a=\"a\", b=\"[0].a[1]\"",
        "| logfmt --strict",
        "| logfmt --keep-empty",
        "| logfmt a",
        "| pattern `<a>=<b> <c>`",
        "| regexp `(?P<a>[a-z]+)(?P<b>.)?`",
        "| unpack",
        "| decolorize",
        "| line_format `{{__line__}}`",
        "| logfmt | a > 1 or a > 1s or a > 1KB or a=ip(\"1.2.3.4\")",
        "| json | label_format b=a, c=`{{.b}}` | drop a | keep b, c");
  }

  @ParameterizedTest
  @MethodSource("stages")
  void readsThem(String stages) {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      EntryBatch page = new EntryBatch();
      EntryBatch alone = new EntryBatch();
      int stream = page.stream(Rows.STREAM);
      alone.stream(Rows.STREAM);
      for (int row = 0; row < 60; row++) {
        byte[] line = bytes(random);
        page.add(stream, row, line, 0, line.length, 0);
        if (row % 7 == 0) {
          alone.add(stream, row, line, 0, line.length, 0);
        }
      }
      Selection some = Selection.all(60);
      some.keep(row -> row % 7 == 0);
      Pipeline pipeline = Rows.compile(stages);
      assertEquals(Rows.run(pipeline, alone), Rows.run(pipeline, page, some), "seed " + seed);
    }
  }

  private static byte[] bytes(Random random) {
    byte[] line = new byte[random.nextInt(40)];
    random.nextBytes(line);
    for (int i = 0; i < line.length; i++) {
      if (random.nextInt(8) != 0) {
        line[i] = TELLING[random.nextInt(TELLING.length)];
      }
    }
    if (line.length > 2 && random.nextBoolean()) {
      line[0] = '{';
      line[1] = '"';
    }
    return line;
  }
}
