package dev.skald.storage.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A segment of format version 1, written when that version was defined, must be readable for ever.
 * {@link #main} wrote it; the rows that it must hold stand beside it in {@code rows.tsv}:
 * stream, time, line in hexadecimal digits, structured metadata.
 */
final class GoldenSegmentTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/segment/v1");
  private static final SegmentId ID = new SegmentId(1);
  private static final TenantId TENANT = new TenantId("golden");
  private static final long DAY = 20_000;

  private final ZstdContexts zstd = new ZstdContexts();

  @AfterEach
  void closeContexts() {
    zstd.close();
  }

  @Test
  void versionOneIsReadForEver() throws IOException {
    MemoryObjectStore store = new MemoryObjectStore();
    store.put(ID.objectName(), Files.readAllBytes(FOLDER.resolve(ID.toString())));
    try (SegmentReader reader = SegmentReader.open(store, ID, zstd, SegmentListener.NONE)) {
      assertEquals(TENANT, reader.summary().tenant());
      assertEquals(DAY, reader.summary().utcDay());
      StreamSet all = StreamSet.all(reader.summary().streamCount());
      List<String> rows = new ArrayList<>();
      for (StoredRow row :
          StoredRow.readAll(reader.pages(all, new QuerySpan(Long.MIN_VALUE, Long.MAX_VALUE), 0))) {
        rows.add(asText(row));
      }
      assertEquals(Files.readAllLines(FOLDER.resolve("rows.tsv"), UTF_8), rows);
    }
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
    Random random = new Random(20_260_101);
    List<StoredRow> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RandomRows.batches(random, DAY * 86_400_000_000_000L).forEach(rows::addAll);
    }
    for (int i = 0; i < 600; i++) {
      rows.add(
          StoredRow.of(
              Labels.of("app", "busy", "pod", "busy-" + i % 3),
              DAY * 86_400_000_000_000L + i * 1_000_000L,
              "level=info msg=\"request served\" path=/items/" + i % 7 + " status=200"));
    }
    MemoryObjectStore store = new MemoryObjectStore();
    try (ZstdContexts zstd = new ZstdContexts()) {
      new SegmentWriter(store, zstd, new SegmentLimits(20_000, 1_000))
          .write(ID, TENANT, DAY, List.of(StoredRow.batch(rows)));
    }
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(ID.toString()), store.bytes(ID.objectName()));
    Files.write(
        FOLDER.resolve("rows.tsv"),
        StoredRow.asStored(rows).stream().map(GoldenSegmentTest::asText).toList(),
        UTF_8);
  }
}
