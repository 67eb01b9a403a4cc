package dev.skald.storage;

import dev.skald.storage.head.HeadConfig;
import dev.skald.storage.segment.SegmentLimits;
import dev.skald.storage.wal.WalConfig;

/**
 * Limits and promises of a store.
 *
 * @param durability what an acknowledgement promises
 * @param syncIntervalNanos longest time between two syncs with {@link Durability#INTERVAL}
 * @param walFileBytesMax a file of the log that has grown this large is followed by the next one
 * @param flushBytesTarget the head is flushed when what it took since the last flush holds this
 *     much memory
 * @param headBytesMax memory of the head, what is being flushed and appends on their way included;
 *     beyond it appends wait, then are refused
 * @param appendWaitNanosMax how long an append waits for memory
 * @param flushAgeNanosMax the head is flushed when its oldest entry has been in it this long
 * @param flushIdleNanosMax the head is flushed when nothing was appended for this long
 * @param pageLineBytesTarget a page of a segment is cut when its lines reach this many bytes, up to twice as many if
 *     they are wide
 * @param pageRowsMax most rows of a page of a segment
 * @param upkeep what is done in the background
 */
public record StoreConfig(
    Durability durability,
    long syncIntervalNanos,
    int walFileBytesMax,
    long flushBytesTarget,
    long headBytesMax,
    long appendWaitNanosMax,
    long flushAgeNanosMax,
    long flushIdleNanosMax,
    int pageLineBytesTarget,
    int pageRowsMax,
    UpkeepConfig upkeep) {

  /** What an acknowledgement promises. */
  public enum Durability {
    /** On disk: it survives a power cut. */
    FSYNC,
    /**
     * Given to the operating system and synced some time later: it survives a crash of the process.
     */
    INTERVAL,
    /** Given to the operating system, and never synced on purpose. */
    OS
  }

  public static final StoreConfig DEFAULT =
      new StoreConfig(
          Durability.FSYNC,
          WalConfig.DEFAULT.syncIntervalNanos(),
          WalConfig.DEFAULT.fileBytesMax(),
          HeadConfig.DEFAULT.generationBytesTarget(),
          HeadConfig.DEFAULT.bytesMax(),
          HeadConfig.DEFAULT.appendWaitNanosMax(),
          HeadConfig.DEFAULT.ageNanosMax(),
          HeadConfig.DEFAULT.idleNanosMax(),
          SegmentLimits.DEFAULT.pageLineBytesTarget(),
          SegmentLimits.DEFAULT.pageRowsMax(),
          UpkeepConfig.DEFAULT);

  public StoreConfig {
    // Each room checks its own limits; a record that exists is valid.
    wal(durability, syncIntervalNanos, walFileBytesMax);
    new HeadConfig(
        flushBytesTarget, headBytesMax, appendWaitNanosMax, flushAgeNanosMax, flushIdleNanosMax);
    new SegmentLimits(pageLineBytesTarget, pageRowsMax);
  }

  WalConfig wal() {
    return wal(durability, syncIntervalNanos, walFileBytesMax);
  }

  private static WalConfig wal(Durability durability, long syncIntervalNanos, int fileBytesMax) {
    WalConfig limits = WalConfig.DEFAULT;
    return new WalConfig(
        switch (durability) {
          case FSYNC -> dev.skald.storage.wal.Durability.FSYNC;
          case INTERVAL -> dev.skald.storage.wal.Durability.INTERVAL;
          case OS -> dev.skald.storage.wal.Durability.OS;
        },
        syncIntervalNanos,
        limits.groupBytesMax(),
        limits.groupNanosMax(),
        fileBytesMax,
        limits.recordBytesMax(),
        limits.queueBytesMax());
  }

  HeadConfig head() {
    return new HeadConfig(
        flushBytesTarget, headBytesMax, appendWaitNanosMax, flushAgeNanosMax, flushIdleNanosMax);
  }

  SegmentLimits segment() {
    return new SegmentLimits(pageLineBytesTarget, pageRowsMax);
  }

  public StoreConfig withDurability(Durability other) {
    return new StoreConfig(
        other,
        syncIntervalNanos,
        walFileBytesMax,
        flushBytesTarget,
        headBytesMax,
        appendWaitNanosMax,
        flushAgeNanosMax,
        flushIdleNanosMax,
        pageLineBytesTarget,
        pageRowsMax,
        upkeep);
  }

  /**
   * @param waitNanosMax how long an append waits when the head is full
   */
  public StoreConfig withHeadBytes(long flushTarget, long max, long waitNanosMax) {
    return new StoreConfig(
        durability,
        syncIntervalNanos,
        walFileBytesMax,
        flushTarget,
        max,
        waitNanosMax,
        flushAgeNanosMax,
        flushIdleNanosMax,
        pageLineBytesTarget,
        pageRowsMax,
        upkeep);
  }

  public StoreConfig withWalFileBytesMax(int bytes) {
    return new StoreConfig(
        durability,
        syncIntervalNanos,
        bytes,
        flushBytesTarget,
        headBytesMax,
        appendWaitNanosMax,
        flushAgeNanosMax,
        flushIdleNanosMax,
        pageLineBytesTarget,
        pageRowsMax,
        upkeep);
  }

  public StoreConfig withUpkeep(UpkeepConfig other) {
    return new StoreConfig(
        durability,
        syncIntervalNanos,
        walFileBytesMax,
        flushBytesTarget,
        headBytesMax,
        appendWaitNanosMax,
        flushAgeNanosMax,
        flushIdleNanosMax,
        pageLineBytesTarget,
        pageRowsMax,
        other);
  }
}
