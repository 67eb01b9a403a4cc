package dev.skald.storage.wal;

/**
 * A part of the log that replay could not read.
 *
 * @param path of the file
 * @param offsetBytes where it begins
 * @param lengthBytes how much was skipped
 * @param kind whether anything acknowledged can be missing
 * @param detail what was checked, expected and found
 */
public record WalDamage(String path, long offsetBytes, long lengthBytes, Kind kind, String detail) {
  /** What the damage means. */
  public enum Kind {
    /** The end of what was being written when the machine stopped; nothing acknowledged. */
    TORN,
    /** Acknowledged bytes are not what was written. */
    CORRUPT
  }
}
