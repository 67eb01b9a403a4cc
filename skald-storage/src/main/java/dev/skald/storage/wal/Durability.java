package dev.skald.storage.wal;

/** What an acknowledgement promises. */
public enum Durability {
  /** On disk: it survives a power cut. */
  FSYNC,
  /** Given to the operating system, synced some time later: it survives a crash of the process. */
  INTERVAL,
  /** Given to the operating system: as {@link #INTERVAL}, and never synced on purpose. */
  OS
}
