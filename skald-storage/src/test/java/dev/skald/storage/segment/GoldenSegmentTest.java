package dev.skald.storage.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.skald.compress.ZstdContexts;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.QuerySpan;
import dev.skald.model.TenantId;
import dev.skald.storage.index.StreamSet;
import dev.skald.storage.object.MemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Segments of every format version, written when that version was defined, must be readable for ever. {@link #main}
 * wrote them; the rows that one must hold stand beside it in {@code rows.tsv}: stream, time, line in hexadecimal digits,
 * structured metadata.
 */
final class GoldenSegmentTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/segment");
  private static final SegmentId ID = new SegmentId(1);
  private static final TenantId TENANT = new TenantId("golden");
  private static final long DAY = 20_000;
  private static final QuerySpan ALWAYS = new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE);

  private final ZstdContexts zstd = new ZstdContexts();
  private final MemoryObjectStore store = new MemoryObjectStore();

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  private SegmentReader open(String version) throws IOException {
    store.put(ID.objectName(), Files.readAllBytes(FOLDER.resolve(version).resolve(ID.toString())));
    return SegmentReader.open(store, ID, zstd, SegmentListener.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2", "v3"})
  void aVersionIsReadForEver(String version) throws IOException {
    try (SegmentReader reader = open(version)) {
      assertEquals(TENANT, reader.summary().tenant());
      assertEquals(DAY, reader.summary().utcDay());
      StreamSet all = StreamSet.all(reader.summary().streamCount());
      List<String> rows = new ArrayList<>();
      for (StoredRow row : StoredRow.readAll(reader.pages(all, ALWAYS, 0))) {
        rows.add(asText(row));
      }
      assertEquals(Files.readAllLines(FOLDER.resolve(version).resolve("rows.tsv"), UTF_8), rows);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2", "v3"})
  void aVersionIsSound(String version) throws IOException {
    try (SegmentReader reader = open(version)) {
      List<String> problems = new ArrayList<>();
      SegmentCheck.run(store, reader.summary(), zstd, problems::add);
      assertEquals(List.of(), problems);
    }
  }

  /** Or it would say little of what can be read. */
  @ParameterizedTest
  @ValueSource(strings = {"v2", "v3"})
  void aVersionHasEveryEncoding(String version) throws IOException {
    SegmentAnatomy anatomy;
    try (SegmentReader reader = open(version)) {
      anatomy = SegmentDissection.run("golden", reader.source().object(), zstd);
    }
    Set<String> found = new TreeSet<>();
    int shaped = 0;
    for (SegmentAnatomy.PagePart page : anatomy.pages()) {
      if (page.shaped() != null) {
        shaped++;
        page.shaped().columns().forEach(column -> addWords(column.encoding(), found));
      }
    }
    assertTrue(shaped > 1, "pages taken apart");
    assertTrue(shaped < anatomy.pages().size(), "a page that is not");
    for (String encoding :
        List.of(
            "constant",
            "dictionary",
            "integers",
            "decimals",
            "digits",
            "times",
            "hexadecimal",
            "affixes",
            "strings",
            "nested",
            "patched",
            "packed",
            "prefix",
            "planes",
            "runs",
            "delta",
            "rising")) {
      assertTrue(found.contains(encoding), () -> encoding + " is not among " + found);
    }
  }

  private static void addWords(String text, Set<String> words) {
    words.addAll(List.of(text.split("[^a-z]+")));
  }

  private static String asText(StoredRow row) {
    return String.join(
        "\t",
        asText(row.stream()),
        Long.toString(row.epochNanos()),
        HexFormat.of().formatHex(row.line().getBytes(ISO_8859_1)),
        asText(row.metadata()));
  }

  /**
   * Names and values with every character as {@code XXXX}, so that unpaired surrogates survive the
   * file.
   */
  private static String asText(Labels labels) {
    StringBuilder text = new StringBuilder();
    for (Label label : labels.sorted()) {
      text.append(label.name()).append('=');
      label.value().chars().forEach(c -> text.append(String.format("%04x", c)));
      text.append(',');
    }
    return text.toString();
  }

  /** Run by hand when a version is defined, and never again for that version. */
  public static void main(String[] args) throws IOException {
    Path folder = FOLDER.resolve("v" + SegmentLayout.VERSION);
    if (Files.exists(folder)) {
      throw new IOException(folder + " is there already, and must stay as it is");
    }
    List<StoredRow> rows = GoldenRows.of(new Random(20_260_401), DAY * 86_400_000_000_000L);
    MemoryObjectStore store = new MemoryObjectStore();
    try (ZstdContexts zstd = new ZstdContexts()) {
      new SegmentWriter(store, zstd, new SegmentLimits(60_000, 4_000))
          .write(ID, TENANT, DAY, List.of(StoredRow.batch(rows)));
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve(ID.toString()), store.bytes(ID.objectName()));
    Files.write(
        folder.resolve("rows.tsv"),
        StoredRow.asStored(rows).stream().map(GoldenSegmentTest::asText).toList(),
        UTF_8);
  }
}
