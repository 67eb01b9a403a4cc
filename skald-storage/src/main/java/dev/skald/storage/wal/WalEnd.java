package dev.skald.storage.wal;

/** How far a file was acknowledged: its first {@code bytes} bytes. */
record WalEnd(long fileNumber, long bytes) {
  static final WalEnd NONE = new WalEnd(0, 0);
}
