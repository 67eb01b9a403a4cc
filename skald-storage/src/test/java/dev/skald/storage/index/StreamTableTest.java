package dev.skald.storage.index;

import static dev.skald.property.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.bytes.ByteReader;
import dev.skald.bytes.ByteWriter;
import dev.skald.compress.ZstdContexts;
import dev.skald.error.ErrorKind;
import dev.skald.error.SkaldException;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Matcher;
import dev.skald.model.MatcherTest;
import dev.skald.model.StreamSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StreamTableTest {
  private final ZstdContexts zstd = new ZstdContexts();

  @AfterEach
  void close() {
    zstd.close();
  }

  private byte[] write(List<Labels> streams) {
    ByteWriter out = new ByteWriter(0);
    StreamTableWriter.write(streams, out, zstd);
    return out.toByteArray();
  }

  private StreamTable table(List<Labels> streams) {
    return StreamTable.read(new ByteReader("x", write(streams)), zstd);
  }

  private static List<Labels> randomStreams(Random random) {
    TreeSet<Labels> streams = new TreeSet<>();
    int nameCount = 1 + random.nextInt(random.nextInt(5) == 0 ? 60 : 4);
    int valueCount = 1 + random.nextInt(random.nextBoolean() ? 3 : 100);
    for (int i = random.nextInt(120); i >= 0; i--) {
      List<Label> labels = new ArrayList<>();
      for (int n = 0; n < nameCount; n++) {
        if (random.nextInt(nameCount) < 3) {
          int value = random.nextInt(valueCount);
          labels.add(new Label("name" + n, value == 0 ? "" : "value-" + value));
        }
      }
      streams.add(Labels.of(labels));
    }
    return List.copyOf(streams);
  }

  private static List<Matcher> randomMatchers(Random random) {
    List<Matcher> matchers = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String name = "name" + random.nextInt(5);
      String value = random.nextInt(4) == 0 ? "" : "value-" + random.nextInt(4);
      matchers.add(
          switch (random.nextInt(4)) {
            case 0 -> new Matcher(name, Matcher.Op.EQUAL, value);
            case 1 -> new Matcher(name, Matcher.Op.NOT_EQUAL, value);
            case 2 -> new Matcher(name, Matcher.Op.REGEX, value + ".?");
            default -> new Matcher(name, Matcher.Op.NOT_REGEX, value + "|value-2");
          });
    }
    return matchers;
  }

  @Test
  void labelsComeBackAndMatchersSelectWhatAWalkSelects() {
    forAll(
        500,
        random -> {
          List<Labels> streams = randomStreams(random);
          StreamTable table = table(streams);
          assertEquals(streams.size(), table.streamCount());
          for (int i = 0; i < streams.size(); i++) {
            assertEquals(streams.get(i), table.labels(i));
          }
          List<MatcherTest> tests = randomMatchers(random).stream().map(MatcherTest::of).toList();
          List<Labels> wanted =
              streams.stream()
                  .filter(s -> tests.stream().allMatch(t -> t.test(s.get(t.matcher().name()))))
                  .toList();
          StreamSet selected = table.select(tests);
          List<Labels> found = new ArrayList<>();
          selected.forEach(stream -> found.add(table.labels(stream)));
          assertEquals(wanted, found, () -> "matchers " + tests);
          assertEquals(wanted.size(), selected.count());
          assertNamesAndValues(wanted, table, selected);
        });
  }

  private static void assertNamesAndValues(
      List<Labels> wanted, StreamTable table, StreamSet selected) {
    Set<String> wantedNames = new TreeSet<>();
    Set<String> wantedValues = new TreeSet<>();
    for (Labels labels : wanted) {
      labels.sorted().forEach(label -> wantedNames.add(label.name()));
      if (!labels.get("name1").isEmpty()) {
        wantedValues.add(labels.get("name1"));
      }
    }
    Set<String> names = new TreeSet<>();
    table.addNames(selected, names);
    assertEquals(wantedNames, names);
    assertEquals(List.copyOf(wantedValues), table.values("name1", selected));
  }

  @Test
  void aHundredThousandStreamsTakeFewBytesEach() {
    TreeSet<Labels> streams = new TreeSet<>();
    for (int i = 0; i < 100_000; i++) {
      streams.add(Labels.of("job", "cards", "namespace", "ns-" + i % 50, "pod", "pod-" + i));
    }
    byte[] bytes = write(List.copyOf(streams));
    assertTrue(bytes.length < 300_000, () -> bytes.length + " bytes for 100,000 streams");
    StreamTable table = StreamTable.read(new ByteReader("x", bytes), zstd);
    StreamSet one = table.select(List.of(MatcherTest.of(Matcher.equal("pod", "pod-77777"))));
    assertEquals(1, one.count());
    assertEquals("ns-27", table.labels(one.nextFrom(0)).get("namespace"));
  }

  @Test
  void aLabelNameOfItsOwnForEachStreamStaysSmall() {
    TreeSet<Labels> streams = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      streams.add(Labels.of("name" + i, "v"));
    }
    List<Labels> sorted = List.copyOf(streams);
    StreamTable table = table(sorted);
    assertEquals(sorted.get(12_345), table.labels(12_345));
    assertEquals(1, table.select(List.of(MatcherTest.of(Matcher.equal("name77", "v")))).count());
  }

  @Test
  void noMatchersSelectAllStreams() {
    List<Labels> streams = List.of(Labels.EMPTY, Labels.of("a", "b"));
    assertEquals(2, table(streams).select(List.of()).count());
  }

  @Test
  void randomOrDamagedBytesAreATableOrCorrupt() {
    forAll(
        2_000,
        random -> {
          ByteWriter out = new ByteWriter(0);
          List<Labels> streams = randomStreams(random);
          StreamTableWriter.write(streams, out, zstd);
          StreamTable good = StreamTable.read(new ByteReader("x", out.toByteArray()), zstd);
          assertEquals(streams.size(), good.streamCount());
          byte[] bytes = raw(out.toByteArray(), streams);
          for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          }
          try {
            StreamTable table = StreamTable.read(new ByteReader("x", bytes), zstd);
            for (int i = 0; i < table.streamCount(); i++) {
              table.labels(i);
            }
            table.select(List.of(MatcherTest.of(new Matcher("name1", Matcher.Op.REGEX, "v.*"))));
          } catch (SkaldException e) {
            assertEquals(ErrorKind.CORRUPT, e.kind());
          }
        });
  }

  /** The same table not compressed, so that damage reaches the columns. */
  private byte[] raw(byte[] written, List<Labels> streams) {
    ByteReader in = new ByteReader("x", written);
    int encoding = in.readByte();
    int length = in.readCount("length", Integer.MAX_VALUE);
    byte[] content =
        encoding == StreamTableLayout.RAW
            ? in.readBytes(length)
            : Arrays.copyOf(zstd.read(in, in.remaining(), length, 0), length);
    ByteWriter out = new ByteWriter(0);
    out.putByte(StreamTableLayout.RAW);
    out.putVarint(length);
    out.putBytes(content);
    assertEquals(
        streams.size(),
        StreamTable.read(new ByteReader("x", out.toByteArray()), zstd).streamCount());
    return out.toByteArray();
  }

  @Test
  void valuesAreThoseOfLabels() {
    forAll(
        100,
        random -> {
          List<Labels> streams = randomStreams(random);
          StreamTable table = table(streams);
          for (String name : List.of("name0", "name1", "nobody")) {
            StreamSpace.Values values = table.values(name, streams.size());
            Map<String, Integer> idOf = new HashMap<>();
            for (int stream = 0; stream < streams.size(); stream++) {
              int id = values.of(stream);
              assertTrue(id < values.count());
              assertEquals(streams.get(stream).has(name), id >= 0);
              int known = idOf.computeIfAbsent(streams.get(stream).get(name) + (id < 0), v -> id);
              assertEquals(known, id, "equal values have equal numbers");
            }
            assertEquals(idOf.size(), Set.copyOf(idOf.values()).size());
          }
        });
  }
}
