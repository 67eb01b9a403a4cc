package dev.skald.storage.wal;

/**
 * Limits of the log.
 *
 * @param durability what an acknowledgement promises
 * @param syncIntervalNanos longest time between two syncs with {@link Durability#INTERVAL}
 * @param groupBytesMax a group commit that has grown this large takes no further record
 * @param groupNanosMax a group commit that has been filled this long takes no further record
 * @param fileBytesMax a file that has grown this large is followed by the next one
 * @param recordBytesMax largest payload of a record; replay needs a buffer of this size
 * @param queueBytesMax payloads waiting for their group at most; beyond it appends are refused
 */
public record WalConfig(
    Durability durability,
    long syncIntervalNanos,
    int groupBytesMax,
    long groupNanosMax,
    int fileBytesMax,
    int recordBytesMax,
    long queueBytesMax) {
  public static final WalConfig DEFAULT =
      new WalConfig(
          Durability.FSYNC, 1_000_000_000L, 1 << 20, 5_000_000L, 128 << 20, 64 << 20, 128L << 20);

  public WalConfig {
    if (syncIntervalNanos <= 0 || groupBytesMax <= 0 || groupNanosMax <= 0) {
      throw new IllegalArgumentException("group limits must be positive");
    }
    if (recordBytesMax <= 0 || fileBytesMax <= 0 || queueBytesMax < recordBytesMax) {
      throw new IllegalArgumentException("the queue must hold a record of " + recordBytesMax);
    }
    if ((long) fileBytesMax + groupBytesMax + recordBytesMax > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("offsets in a file must fit 31 bits: " + fileBytesMax);
    }
  }

  public WalConfig withDurability(Durability other) {
    return new WalConfig(
        other,
        syncIntervalNanos,
        groupBytesMax,
        groupNanosMax,
        fileBytesMax,
        recordBytesMax,
        queueBytesMax);
  }

  public WalConfig withFileBytesMax(int bytes) {
    return new WalConfig(
        durability,
        syncIntervalNanos,
        groupBytesMax,
        groupNanosMax,
        bytes,
        recordBytesMax,
        queueBytesMax);
  }
}
