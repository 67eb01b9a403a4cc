package dev.skald.server;

import dev.skald.disk.Disk;
import dev.skald.disk.RoutedDisk;
import dev.skald.server.config.CompactorConfig;
import dev.skald.server.config.DurabilityConfig;
import dev.skald.server.config.S3Bucket;
import dev.skald.server.config.SkaldConfig;
import dev.skald.storage.DiskLogStore;
import dev.skald.storage.StoreConfig;
import dev.skald.storage.UpkeepConfig;
import dev.skald.storage.retention.RetentionConfig;
import dev.skald.storage.retention.StorePolicy;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the store that a configuration describes. */
final class StoreAssembly {
  /** The store's folder of its log; a configuration may put it elsewhere. */
  private static final String WAL_FOLDER = "wal";

  private StoreAssembly() {}

  /**
   * @param parts owns what the store needs and does not close itself
   */
  static DiskLogStore open(SkaldConfig config, Ports ports, StorePolicy policy, Parts parts)
      throws IOException {
    Disk disk = disk(config, ports);
    S3Bucket bucket = config.bucket();
    if (bucket == null) {
      return DiskLogStore.open(
          disk,
          ports.clock(),
          ports.ticker(),
          ports.threads(),
          ports.randomness(),
          storeConfig(config),
          policy);
    }
    return DiskLogStore.open(
        disk,
        ports.clock(),
        ports.ticker(),
        ports.threads(),
        ports.randomness(),
        storeConfig(config),
        policy,
        BucketAssembly.open(config, bucket, disk, ports, parts));
  }

  /** The data folder, with the log wherever it is. */
  static Disk disk(SkaldConfig config, Ports ports) throws IOException {
    Path data = config.dataDirectory();
    Path wal = config.walDirectory();
    Disk disk = ports.disks().open(data);
    boolean isWithin = wal.normalize().equals(data.resolve(WAL_FOLDER).normalize());
    return isWithin ? disk : new RoutedDisk(disk, WAL_FOLDER, ports.disks().open(wal));
  }

  private static StoreConfig storeConfig(SkaldConfig config) {
    DurabilityConfig storage = config.storage();
    StoreConfig defaults = StoreConfig.DEFAULT;
    long flushBytes = storage.headFlushBytes().bytes();
    return new StoreConfig(
        switch (config.durability()) {
          case FSYNC -> StoreConfig.Durability.FSYNC;
          case INTERVAL -> StoreConfig.Durability.INTERVAL;
          case OS -> StoreConfig.Durability.OS;
        },
        storage.syncInterval().toNanos(),
        defaults.walFileBytesMax(),
        flushBytes,
        Math.max(storage.headBytesMax().bytes(), 2 * flushBytes),
        defaults.appendWaitNanosMax(),
        config.ingester().maxChunkAge().toNanos(),
        config.ingester().chunkIdlePeriod().toNanos(),
        defaults.pageLineBytesTarget(),
        defaults.pageRowsMax(),
        upkeep(config));
  }

  private static UpkeepConfig upkeep(SkaldConfig config) {
    UpkeepConfig defaults = UpkeepConfig.DEFAULT;
    CompactorConfig compactor = config.compactor();
    DurabilityConfig storage = config.storage();
    return new UpkeepConfig(
        compactor.compactionInterval().toNanos(),
        storage.compactionCpuPercent() / 100.0,
        defaults.mergeCountMin(),
        defaults.mergeCountMax(),
        defaults.segmentBytesMax(),
        defaults.memoryBytesMax(),
        defaults.restAfterNanos(),
        defaults.coldAfterNanos(),
        new RetentionConfig(
            compactor.deleteRequestCancelPeriod().toNanos(),
            compactor.retentionDeleteDelay().toNanos(),
            storage.retentionMaxBytes().bytes(),
            storage.freeBytesMin().bytes()));
  }
}
