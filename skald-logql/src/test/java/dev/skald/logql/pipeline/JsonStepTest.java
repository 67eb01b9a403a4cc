package dev.skald.logql.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.skald.logql.syntax.Span;
import dev.skald.logql.syntax.Stage;
import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code | json} without expressions; the cases are recorded answers of the reference. */
final class JsonStepTest {
  private static final Stage JSON = new Stage.Json(List.of(), Span.NONE);

  /** {@code labels}: what the stage adds, names and values in turn. */
  record Case(String line, Labels labels) {
    static Case of(String line, String... labels) {
      return new Case(line, Labels.of(labels));
    }

    /** With an error. */
    static Case faulty(String line, String details, String... labels) {
      List<Label> all = new ArrayList<>(Labels.of(labels).sorted());
      all.add(new Label("__error__", "JSONParserErr"));
      all.add(new Label("__error_details__", details));
      return new Case(line, Labels.of(all));
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        Case.of(
            "{\"a.b\":{\"c\":\"d\"},\"n\":1.50,\"arr\":[1],\"x\":null,\"ok\":true}",
            "a_b_c",
            "d",
            "n",
            "1.50",
            "ok",
            "true"),
        Case.of(
            "{\"i\":42,\"neg\":-7,\"exp\":1e3,\"EXP\":1.5E-2,\"z\":0,\"nz\":-0}",
            "i",
            "42",
            "neg",
            "-7",
            "exp",
            "1e3",
            "EXP",
            "1.5E-2",
            "z",
            "0",
            "nz",
            "-0"),
        Case.of(
            "{\"a.b\":\"dot\",\"a-b\":\"dash\",\"1st\":\"digit\",\"\":\"empty\",\"é\":\"accent\","
                + "\"日本\":\"cjk\",\" pad \":\"pad\",\"_\":\"under\",\"a__b\":\"x\",\"$\":\"dollar\"}",
            "a_b",
            "dot",
            "_1st",
            "digit",
            "_",
            "accent",
            "__",
            "cjk",
            "pad",
            "pad",
            "a__b",
            "x"),
        Case.of("{\"n\":007,\"after\":\"x\"}", "n", "007", "after", "x"),
        Case.of("{\"a\":1} trailing", "a", "1"),
        Case.of("{\"a\":1}}", "a", "1"),
        Case.of("{\"a\":1,}", "a", "1"),
        Case.of("   {\"a\":\"lead space\"}", "a", "lead space"),
        Case.of("{ }"),
        Case.of("{}"),
        Case.of("{\"a\":\"bad \\x esc\",\"z\":\"1\"}", "a", "", "z", "1"),
        Case.of("{\"a\":-}", "a", "-"),
        Case.of("{\"a\":1.}", "a", "1."),
        Case.of("{\"a\":1;\"b\":2}", "a", "1;\"b\":2"),
        Case.of("{\"a\":\"x\"} {\"b\":\"y\"}", "a", "x"),
        Case.of("{\"k\\u0065y\":\"v\",\"tab\\tkey\":\"w\"}", "key", "v", "tab_key", "w"),
        Case.of("{\"0\":{\"1\":\"d\"},\"a\":{\"\":{\"x\":\"m\"}}}", "_0_1", "d", "a_x", "m"),
        Case.of("{\"k\":\"first\",\"k\":\"second\",\"K\":\"upper\"}", "k", "first", "K", "upper"),
        Case.of("{\"a_b\":\"flat\",\"a\":{\"b\":\"nested\"}}", "a_b", "flat"),
        Case.of("{\"a\":{\"b\":\"nested\"},\"a_b\":\"flat\"}", "a_b", "nested"),
        Case.of("{\"app\":\"from-line\",\"l\":\"w\"}", "app_extracted", "from-line", "l", "w"),
        Case.of("{\"bad\":\"\\ud800x\",\"ok\":\"1\"}", "bad", "", "ok", "1"),
        Case.of(
            "{\"ctl\":\"a\\u0000b\",\"u\":\"\\u00e9\\ud83d\\ude00\"}", "ctl", "a\0b", "u", "é😀"),
        Case.of("{\"t\":\"tab\\tnl\\nq\\\"b\\\\s\\/\"}", "t", "tab\tnl\nq\"b\\s/"),
        Case.of("{\"r\":\"a\\ufffdb\uFFFDc\"}", "r", "a b c"),
        Case.faulty("{\"o\":{\"a\":[}]},\"b\":1}", JsonValue.ARRAY_FAULT),
        Case.of("{\"a\":[{]},\"b\":1}"),
        Case.of("{\"a\":[1,[2,{\"x\":\"]\"}]],\"o\":{},\"s\":\"after\"}", "s", "after"),
        Case.of(
            "{\n  \"p\": \"yes\",\n  \"o\": {\n    \"k\" : \"v\"\n  } }", "p", "yes", "o_k", "v"),
        Case.faulty("", JsonValue.OBJECT_FAULT),
        Case.faulty("null", JsonValue.OBJECT_FAULT),
        Case.faulty("[1,2,3]", JsonValue.OBJECT_FAULT),
        Case.faulty("INFO {\"a\":1}", JsonValue.OBJECT_FAULT),
        Case.faulty("{'a':'b'}", JsonValue.OBJECT_FAULT),
        Case.faulty("{\"a\":1,,\"b\":2}", JsonValue.OBJECT_FAULT, "a", "1"),
        Case.faulty("{\"a\":\"x\",\"b\":\"y\"]", JsonValue.OBJECT_FAULT, "a", "x", "b", "y"),
        Case.faulty("{\"a\":{\"b\":1", JsonValue.OBJECT_FAULT),
        Case.faulty("{\"a\":}", JsonValue.UNKNOWN_TYPE),
        Case.faulty("{\"a\":NaN}", JsonValue.UNKNOWN_TYPE),
        Case.faulty("{\"a\":.5}", JsonValue.UNKNOWN_TYPE),
        Case.faulty("{\"a\":\"k\",\"b\":oops}", JsonValue.UNKNOWN_TYPE, "a", "k"),
        Case.faulty("{\"a\":{\"b\":1}", JsonValue.ARRAY_FAULT, "a_b", "1"),
        Case.faulty("{\"a\":\"x\"", JsonValue.ARRAY_FAULT, "a", "x"),
        Case.faulty("{\"a\":\"ok\",\"b\":[1", JsonValue.ARRAY_FAULT, "a", "ok"),
        Case.faulty("{\"a\":\"ok\",\"b\":", JsonValue.MALFORMED, "a", "ok"),
        Case.faulty("{\"a\":\"ok\",\"b", JsonValue.MALFORMED, "a", "ok"),
        Case.faulty("{\"a\":\"ok", JsonValue.STRING_FAULT),
        Case.faulty("{\"key\\x\":\"bad esc key\",\"z\":\"1\"}", JsonValue.ESCAPE_FAULT));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void extracts(Case c) {
    assertEquals(List.of(c.labels), added(List.of(c.line), LabelDemand.ALL));
  }

  private static List<Labels> added(List<String> lines, LabelDemand demand) {
    PipelineRun run = Pipeline.compile(List.of(JSON), demand, Rows.LIMITS).newRun();
    EntryBatch page = Rows.page(lines);
    List<Labels> all = new ArrayList<>();
    for (int row = 0; row < lines.size(); row++) {
      RowBatch batch = run.run(page, Selection.all(lines.size()), row, row + 1);
      all.add(batch.labels(0).parsed());
    }
    return all;
  }

  @Test
  void brokenUtf8BecomesABlank() {
    EntryBatch page = new EntryBatch();
    byte[] line = "{\"a\":\"x?y\"}".getBytes(StandardCharsets.US_ASCII);
    line[7] = (byte) 0xff;
    page.add(page.stream(Rows.STREAM), 0, line, 0, line.length, 0);
    Pipeline pipeline = Pipeline.compile(List.of(JSON), LabelDemand.ALL, Rows.LIMITS);
    assertEquals("x y", Rows.run(pipeline, page).getFirst().labels().get("a"));
  }

  @Test
  void stopsWhenAllThatIsNeededIsFound() {
    List<String> lines = List.of("{\"a\":1,\"b\":oops", "{\"b\":oops,\"a\":1}", "{\"b\":[");
    LabelDemand onlyA = LabelDemand.only(Set.of("a"));
    assertEquals(
        List.of(
            Labels.of("a", "1"),
            Case.faulty("", JsonValue.UNKNOWN_TYPE).labels,
            Case.faulty("", JsonValue.ARRAY_FAULT).labels),
        added(lines, onlyA));
  }

  @Test
  void runsNotAtAllWhenNothingIsNeeded() {
    assertEquals(List.of(Labels.EMPTY), added(List.of("{\"a\":"), LabelDemand.NOTHING));
  }

  @Test
  void objectsNestAsDeepAsTheLimit() {
    String atLimit = "{\"a\":".repeat(JsonFaultyLine.DEPTH_MAX) + "1" + "}".repeat(512);
    String beyond = "{\"a\":" + atLimit + "}";
    assertEquals(1, added(List.of(atLimit), LabelDemand.ALL).getFirst().size());
    assertEquals(
        JsonFaultyLine.DEPTH_FAULT,
        added(List.of(beyond), LabelDemand.ALL).getFirst().get("__error_details__"));
  }

  /** Whatever the one-pass reader makes of a line, the reader by definition makes the same. */
  @RepeatedTest(300)
  void onePassEqualsDefinition(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder line = new StringBuilder();
      object(random, line, 0);
      for (int mutation = random.nextInt(3); mutation > 0; mutation--) {
        int at = random.nextInt(line.length());
        switch (random.nextInt(3)) {
          case 0 -> line.deleteCharAt(at);
          case 1 -> line.setCharAt(at, "{}[]\":,\\ 1tn;".charAt(random.nextInt(13)));
          default -> line.insert(at, "{}[]\":,\\ 1tn;".charAt(random.nextInt(13)));
        }
        line.append(' ');
      }
      lines.add(line.toString());
    }
    LabelDemand demand =
        random.nextInt(3) == 0 ? LabelDemand.only(Set.of("a", "b_a", "c")) : LabelDemand.ALL;
    assertEquals(byDefinition(lines, demand), added(lines, demand), () -> "seed " + seed);
  }

  private static List<Labels> byDefinition(List<String> lines, LabelDemand demand) {
    RowBatch batch = new RowBatch(new NameTable(), StageBudget.ENDLESS);
    KeyTree keys = new KeyTree(batch.names(), demand);
    JsonLabels labels = new JsonLabels(keys, new FirstWins(batch, demand), batch.parsed());
    JsonFaultyLine reader = new JsonFaultyLine(keys, labels);
    EntryBatch page = Rows.page(lines);
    List<Labels> all = new ArrayList<>();
    for (int row = 0; row < lines.size(); row++) {
      batch.load(page, new int[] {row}, 1, null);
      labels.begin(0);
      byte[] line = lines.get(row).getBytes(StandardCharsets.UTF_8);
      String fault = reader.read(line, 0, line.length);
      if (fault != null) {
        ParserErrors.set(batch, 0, ParserErrors.JSON, fault, ParserErrors.arePreserved(demand));
      }
      all.add(batch.labels(0).parsed());
    }
    return all;
  }

  private static void object(Random random, StringBuilder out, int depth) {
    out.append('{');
    for (int i = random.nextInt(4); i >= 0; i--) {
      out.append('"').append("abc".charAt(random.nextInt(3)));
      out.append(random.nextInt(6) == 0 ? "\\u0061\":" : "\":");
      value(random, out, depth);
      out.append(i > 0 ? "," : "");
      out.append(random.nextInt(8) == 0 ? " " : "");
    }
    out.append('}');
  }

  private static void value(Random random, StringBuilder out, int depth) {
    switch (random.nextInt(depth < 4 ? 9 : 7)) {
      case 0 -> out.append("true");
      case 1 -> out.append("null");
      case 2 -> out.append("-12.5e3");
      case 3 -> out.append("\"s\\n{\"");
      case 4 -> out.append("\"plain text é longer than a word\"");
      case 5 -> out.append("[1,{\"a\":[2]},\"]\"]");
      case 6 -> out.append("\"\"");
      default -> object(random, out, depth + 1);
    }
  }
}
