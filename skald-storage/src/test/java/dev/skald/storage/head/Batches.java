package dev.skald.storage.head;

import dev.skald.model.EntryBatch;
import dev.skald.model.Label;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Batches for tests, and what is in pages, as values that can be compared. */
public final class Batches {
  private Batches() {}

  /** An entry with its stream. Lines as Latin-1 text: any bytes. */
  public record Row(Labels stream, long timestampEpochNanos, String line, Labels metadata) {}

  public static EntryBatch of(List<Row> rows) {
    EntryBatch batch = new EntryBatch();
    for (Row row : rows) {
      byte[] line = row.line().getBytes(StandardCharsets.ISO_8859_1);
      batch.add(
          batch.stream(row.stream()),
          row.timestampEpochNanos(),
          line,
          0,
          line.length,
          batch.metadataSet(row.metadata()));
    }
    return batch;
  }

  public static Row row(String app, long timestampEpochNanos, String line) {
    return new Row(Labels.of("app", app), timestampEpochNanos, line, Labels.EMPTY);
  }

  public static EntryBatch of(Row... rows) {
    return of(Arrays.asList(rows));
  }

  public static List<Row> rows(Page page) {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < page.rowCount(); row++) {
      rows.add(row(page, row));
    }
    return rows;
  }

  public static Row row(Page page, int row) {
    Lines lines = page.lines();
    int start = lines.start(row);
    return new Row(
        page.stream(page.streamOrdinals()[row]),
        page.timestampsEpochNanos()[row],
        new String(lines.bytes(), start, lines.end(row) - start, StandardCharsets.ISO_8859_1),
        page.metadata(page.metadataOrdinals()[row]));
  }

  /**
   * Up to {@code rowsMax} rows of few streams, mostly in order, some with metadata, some long, some
   * equal.
   */
  public static List<Row> random(Random random, int rowsMax) {
    List<Row> rows = new ArrayList<>();
    int count = random.nextInt(rowsMax + 1);
    long time = 1_700_000_000_000_000_000L + random.nextInt(1000);
    for (int i = 0; i < count; i++) {
      if (!rows.isEmpty() && random.nextInt(20) == 0) {
        rows.add(rows.get(random.nextInt(rows.size())));
        continue;
      }
      time += random.nextInt(10) == 0 ? -random.nextInt(500) : random.nextInt(3);
      rows.add(new Row(stream(random), time, line(random), metadata(random)));
    }
    return rows;
  }

  private static Labels stream(Random random) {
    return Labels.of("app", "app-" + random.nextInt(3), "env", random.nextBoolean() ? "é" : "");
  }

  private static Labels metadata(Random random) {
    return random.nextInt(4) > 0
        ? Labels.EMPTY
        : new Labels(List.of(new Label("trace", Integer.toString(random.nextInt(5)))));
  }

  private static String line(Random random) {
    int length = random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(12);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < length; i++) {
      line.append((char) random.nextInt(256));
    }
    return line.toString();
  }
}
