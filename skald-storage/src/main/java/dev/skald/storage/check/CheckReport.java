package dev.skald.storage.check;

import java.util.List;

/**
 * What a check found.
 *
 * @param damages each thing that is not as it must be: object or file, byte where known, what was
 *     checked, expected, found
 * @param notes what looks odd and is fine: leftovers of a crash that the next start sweeps
 * @param manifestNumber the manifest that counts; 0 if there is none
 * @param manifestCount manifests read
 * @param segmentCount segments read
 * @param segmentRows their rows
 * @param segmentBytes their size
 * @param walRecordCount good records in the WAL
 * @param walRows their rows
 */
public record CheckReport(
    List<String> damages,
    List<String> notes,
    long manifestNumber,
    int manifestCount,
    int segmentCount,
    long segmentRows,
    long segmentBytes,
    long walRecordCount,
    long walRows) {
  public CheckReport {
    damages = List.copyOf(damages);
    notes = List.copyOf(notes);
  }

  public boolean isSound() {
    return damages.isEmpty();
  }

  /** For people: a line for each damage and note, then the sums. Ends with a newline. */
  public String text() {
    StringBuilder text = new StringBuilder();
    damages.forEach(damage -> text.append("DAMAGED ").append(damage).append('\n'));
    notes.forEach(note -> text.append("note    ").append(note).append('\n'));
    text.append(
        "manifest %d (of %d kept): %d segments, %d rows, %d bytes%n"
            .formatted(manifestNumber, manifestCount, segmentCount, segmentRows, segmentBytes));
    text.append("wal: %d records, %d rows%n".formatted(walRecordCount, walRows));
    text.append(isSound() ? "sound\n" : damages.size() + " damages\n");
    return text.toString();
  }
}
