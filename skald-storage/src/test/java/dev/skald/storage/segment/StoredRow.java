package dev.skald.storage.segment;

import dev.skald.model.EntryBatch;
import dev.skald.model.Labels;
import dev.skald.model.Lines;
import dev.skald.model.Page;
import dev.skald.model.PageRef;
import dev.skald.model.PageRows;
import dev.skald.model.Selection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * An entry as tests write and read it; the line's bytes as Latin-1, so that any bytes can be one.
 */
public record StoredRow(Labels stream, long epochNanos, String line, Labels metadata) {
  public static StoredRow of(Labels stream, long epochNanos, String line) {
    return new StoredRow(stream, epochNanos, line, Labels.EMPTY);
  }

  public static void addTo(EntryBatch batch, StoredRow row) {
    byte[] line = row.line.getBytes(StandardCharsets.ISO_8859_1);
    batch.add(
        batch.stream(row.stream),
        row.epochNanos,
        line,
        0,
        line.length,
        batch.metadataSet(row.metadata));
  }

  public static PageRows batch(List<StoredRow> rows) {
    EntryBatch batch = new EntryBatch();
    rows.forEach(row -> addTo(batch, row));
    return new PageRows(batch, Selection.all(batch.rowCount()));
  }

  /**
   * What a segment of these rows must hold: by stream and time, equal ones in order of arrival,
   * same ones once.
   */
  public static List<StoredRow> asStored(List<StoredRow> arrived) {
    List<StoredRow> sorted = new ArrayList<>(new LinkedHashSet<>(arrived));
    sorted.sort(Comparator.comparing(StoredRow::stream).thenComparing(StoredRow::epochNanos));
    return sorted;
  }

  public static List<StoredRow> read(PageRows rows) {
    Page page = rows.page();
    Lines lines = page.lines();
    List<StoredRow> read = new ArrayList<>();
    for (int i = 0; i < rows.rows().count(); i++) {
      int row = rows.rows().row(i);
      int start = lines.start(row);
      String line =
          new String(lines.bytes(), start, lines.end(row) - start, StandardCharsets.ISO_8859_1);
      read.add(
          new StoredRow(
              page.stream(page.streamOrdinals()[row]),
              page.timestampsEpochNanos()[row],
              line,
              page.metadata(page.metadataOrdinals()[row])));
    }
    return read;
  }

  public static List<StoredRow> readAll(List<PageRef> pages) {
    List<StoredRow> read = new ArrayList<>();
    pages.forEach(page -> read.addAll(read(page.read())));
    return read;
  }
}
