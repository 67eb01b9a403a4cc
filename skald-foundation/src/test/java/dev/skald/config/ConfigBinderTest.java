package dev.skald.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigBinderTest {
  public enum Color {
    RED,
    DARK_BLUE
  }

  public record Item(
      @Default("\"\"") String name, @Default("1") @Range(min = -5, max = 5) int weight) {
    public Item {
      if (name.equals("bad")) {
        throw new IllegalArgumentException("name must not be bad");
      }
    }
  }

  public record Inner(@Default("7") int depth, @Default("[a, b]") List<String> names) {}

  public record Flat(@Doc("How wide.") @Default("3") long width) {}

  public record All(
      @Doc("A switch.") @Default("true") boolean on,
      @Default("0") int count,
      @Default("0.5") double ratio,
      @Default("text") String text,
      @Default("\"\"") @Secret String password,
      @Default("1h") Duration delay,
      @Default("4KB") ByteSize size,
      @Default("dark-blue") Color color,
      @Default("\"\"") @Nullable Instant until,
      @Default("2024-01-31") LocalDate from,
      @Default("[]") List<Item> items,
      @Default("{}") Map<String, List<String>> groups,
      @Default("1") @Key("oddname") int renamed,
      Inner inner,
      @Inline Flat flat) {}

  @Test
  void nothingGivenIsDefaults() {
    All want =
        new All(
            true,
            0,
            0.5,
            "text",
            "",
            Duration.ofHours(1),
            new ByteSize(4096),
            Color.DARK_BLUE,
            null,
            LocalDate.of(2024, 1, 31),
            List.of(),
            Map.of(),
            1,
            new Inner(7, List.of("a", "b")),
            new Flat(3));
    assertEquals(want, bind(""));
    assertEquals(want, bind("on:\ninner: ~\nitems: null\n"));
  }

  @Test
  void everythingGiven() {
    All all =
        bind(
            """
            on: no
            count: 0x10
            ratio: 1e-3
            text: yes
            password: "s3cret"
            delay: 2d
            size: 1.5MB
            color: red
            until: 2030-01-01T00:00:00+01:00
            from: 2020-10-24
            items: [{name: x, weight: -5}, {}]
            groups: {g: [a, b], h: "c, d"}
            oddname: 2
            inner: {depth: 1_000, names: [z]}
            width: 1e3
            """);
    All want =
        new All(
            false,
            16,
            0.001,
            "yes",
            "s3cret",
            Duration.ofDays(2),
            new ByteSize(1_572_864),
            Color.RED,
            Instant.parse("2029-12-31T23:00:00Z"),
            LocalDate.of(2020, 10, 24),
            List.of(new Item("x", -5), new Item("", 1)),
            Map.of("g", List.of("a", "b"), "h", List.of("c", "d")),
            2,
            new Inner(1000, List.of("z")),
            new Flat(1000));
    assertEquals(want, all);
    // What is printed reads back as the same record, but for the secret.
    String printed = ConfigYaml.print(ConfigYaml.tree(all));
    assertEquals(want, bind(printed.replace("********", "s3cret")));
  }

  @Test
  void aBaseStandsInForDefaults() {
    All base = bind("count: 5\ninner: {depth: 9}\nwidth: 8\nitems: [{name: x}]\n");
    Problems problems = new Problems();
    All over =
        new ConfigBinder(KnownKeys.NONE, problems)
            .bind(All.class, YamlReader.read("f", "inner: {names: [q]}\nitems: []\n"), base, "");
    problems.throwIfAny();
    assertEquals(bind("count: 5\ninner: {depth: 9, names: [q]}\nwidth: 8\n"), over);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "yes", "YES", "on", "y", "\"true\""})
  void booleansOfYamlOneDotOne(String text) {
    assertEquals(true, bind("on: " + text).on());
  }

  record Wrong(String yaml, String message) {}

  static List<Wrong> wrong() {
    return List.of(
        new Wrong("on: maybe", "f: line 1: on: found \"maybe\", expected true or false"),
        new Wrong(
            "\n\ncount: 1.5",
            "f: line 3: count: found \"1.5\", expected a whole number of at most 2147483647"),
        new Wrong(
            "count: 3000000000",
            "f: line 1: count: found \"3000000000\", expected a whole number of at most"
                + " 2147483647"),
        new Wrong("count: -1", "f: line 1: count: found \"-1\", expected at least 0"),
        new Wrong("ratio: x", "f: line 1: ratio: found \"x\", expected a number"),
        new Wrong("count: [1]", "f: line 1: count: found a list, expected a single value"),
        new Wrong("text: {a: 1}", "f: line 1: text: found a map, expected a single value"),
        new Wrong("delay: -1s", "f: line 1: delay: found \"-1s\", expected at least 0s"),
        new Wrong(
            "delay: 30",
            "f: line 1: delay: found \"30\", expected a duration such as 30s, 1h30m or 7d"),
        new Wrong(
            "size: 3XB",
            "f: line 1: size: found \"3XB\", expected a size in bytes such as 1048576, 256KB or"
                + " 1.5MB"),
        new Wrong(
            "color: blue", "f: line 1: color: found \"blue\", expected one of red, dark-blue"),
        new Wrong(
            "until: soon",
            "f: line 1: until: found \"soon\", expected a time such as 2030-01-31T12:00:00Z"),
        new Wrong("from: x", "f: line 1: from: found \"x\", expected a day such as 2024-01-31"),
        new Wrong("inner: 3", "f: line 1: inner: found \"3\", expected a map of keys"),
        new Wrong("items: {}", "f: line 1: items: found a map, expected a list"),
        new Wrong("groups: []", "f: line 1: groups: found a list, expected a map"),
        new Wrong(
            "items:\n- {weight: 1}\n- weight: 6\n",
            "f: line 3: items[1].weight: found \"6\", expected at least -5 and at most 5"),
        new Wrong("items:\n- name: bad\n", "f: line 2: items[0]: name must not be bad"),
        new Wrong(
            "inner:\n  depht: 1\n", "f: line 2: unknown key inner.depht; did you mean depth?"),
        new Wrong("witdh: 1", "f: line 1: unknown key witdh; did you mean width?"),
        new Wrong("zzzzzz: 1", "f: line 1: unknown key zzzzzz"),
        new Wrong("items: [{nam: x}]", "f: line 1: unknown key items[0].nam; did you mean name?"),
        new Wrong(
            "count: x\nzzzzzz: 1\n",
            "f: line 2: unknown key zzzzzz\n"
                + "f: line 1: count: found \"x\", expected a whole number of at most 2147483647"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatWasFoundAndExpected(Wrong c) {
    SkaldException e = assertThrows(SkaldException.class, () -> bind(c.yaml()));
    assertEquals(ErrorKind.BAD_REQUEST, e.kind());
    assertEquals(c.message(), e.getMessage());
  }

  @Test
  void describesItsKeys() {
    List<ConfigKeys.Description> keys = ConfigKeys.of(All.class);
    assertEquals(new ConfigKeys.Description("on", "bool", "true", "A switch.", false), keys.get(0));
    List<String> paths = keys.stream().map(ConfigKeys.Description::path).toList();
    assertEquals(
        List.of(
            "on",
            "count",
            "ratio",
            "text",
            "password",
            "delay",
            "size",
            "color",
            "until",
            "from",
            "items",
            "items[].name",
            "items[].weight",
            "groups",
            "oddname",
            "inner.depth",
            "inner.names",
            "width"),
        paths);
  }

  @Test
  void printsOnlyWhatDiffers() {
    All all = bind("inner: {names: [z]}\npassword: p\n");
    ConfigValue.Mapping difference =
        ConfigYaml.difference(ConfigYaml.tree(all), ConfigYaml.tree(bind("")));
    assertEquals("password: \"********\"\ninner:\n  names:\n  - z\n", ConfigYaml.print(difference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "true",
        "null",
        "12",
        "1h",
        "a: b",
        "a #b",
        "- x",
        "{x}",
        "tab\tx",
        "\"q\"",
        "back\\slash",
        "line\nfeed",
        " lead",
        "trail ",
        ":",
        "*x",
        "2024-01-01",
        "ü",
        "a:",
        "~",
        "=",
        "no",
        "..cut",
        "'",
        "a,b"
      })
  void printedTextReadsBack(String text) {
    Item item = new Item(text, 0);
    String printed = ConfigYaml.print(ConfigYaml.tree(item));
    assertEquals(text, YamlReader.read("f", printed).textAt("name"));
    Problems problems = new Problems();
    ConfigBinder binder = new ConfigBinder(KnownKeys.NONE, problems);
    assertEquals(item, binder.bind(Item.class, YamlReader.read("f", printed)));
  }

  private static All bind(String yaml) {
    Problems problems = new Problems();
    All all =
        new ConfigBinder(KnownKeys.NONE, problems).bind(All.class, YamlReader.read("f", yaml));
    problems.throwIfAny();
    return all;
  }
}
